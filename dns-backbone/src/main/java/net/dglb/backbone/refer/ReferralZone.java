package net.dglb.backbone.refer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import net.dglb.backbone.index.Match;
import net.dglb.backbone.index.ResolverIndex;
import net.dglb.backbone.sign.ZoneSigning;
import net.dglb.dns.prefix.PrefixTable;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.RecordSet;
import net.dglb.dns.wire.RecordType;
import net.dglb.dns.zone.AddressSets;
import net.dglb.dns.zone.Zone;
import net.dglb.net.DomainName;
import net.dglb.service.ZoneTexts;
import org.jspecify.annotations.Nullable;

/**
 * An enterprise zone at the main address (001, Figure 4): CNAME from a service to the label of the
 * load balancer nearest to whoever asks, and from that label a referral. Never answers a label
 * itself, but a direct service: with what its label would be answered with. Where nobody measures
 * beside whoever asks, it answers the best site by estimate. Names as {@link ZoneNames} finds them.
 */
public final class ReferralZone implements Zone {

  private final DomainName apex;
  private final ZoneNames names;
  private final ZoneRecords records;
  private final LabelTable labels;
  private final ResolverIndex index;
  private final boolean courtesy;
  private final LongAdder answeredByEstimate;
  private final ZoneWriter writer;
  private final TextNames texts;

  ReferralZone(
      DomainName apex,
      ZoneNames names,
      ZoneRecords records,
      LabelTable labels,
      ResolverIndex index,
      boolean courtesy,
      LongAdder answeredByEstimate,
      @Nullable ZoneSigning signing) {
    this.apex = apex;
    this.names = names;
    this.records = records;
    this.labels = labels;
    this.index = index;
    this.courtesy = courtesy;
    this.answeredByEstimate = answeredByEstimate;
    this.writer = new ZoneWriter(records, signing);
    this.texts = TextNames.NONE;
  }

  private ReferralZone(ReferralZone other, ZoneTexts texts) {
    this.apex = other.apex;
    this.names = other.names;
    this.records = other.records.withSerial(apex, texts.serial(other.records.source().serial()));
    this.labels = other.labels;
    this.index = other.index;
    this.courtesy = other.courtesy;
    this.answeredByEstimate = other.answeredByEstimate;
    this.writer = other.writer.with(records);
    this.texts = new TextNames(apex, texts.sets());
  }

  @Override
  public DomainName apex() {
    return apex;
  }

  @Override
  public void answer(Query query, Answer answer) {
    writer.begin(answer);
    if (query.apexLabel() == 0) {
      answerApex(query, answer);
    } else if (names.isReserved(query)) {
      answerNameServer(query, answer);
    } else {
      answerBelow(query, answer);
    }
  }

  @Override
  public List<PrefixTable> sourceTables() {
    return index.sourceTables();
  }

  /**
   * How {@link #answer} decides a question for a service or a label, by the same steps over the
   * same tables; empty for any other name. Marks no demand. For explanations; allocates.
   *
   * @param lost ids of load balancers that are to count as lost: what would be answered then
   */
  public Optional<Referral> explain(Query query, Set<String> lost) {
    return explain(
        query,
        (_, published) -> Optional.of(new PastReferrals.Then(published, labels, index)),
        lost);
  }

  /** How it was decided at a moment; empty as well if that is not known. */
  Optional<Referral> explain(Query query, PastReferrals past, Instant moment) {
    return explain(query, (name, published) -> past.at(name, published, moment), Set.of());
  }

  private Optional<Referral> explain(
      Query query,
      BiFunction<DomainName, ServicePart, Optional<PastReferrals.Then>> tables,
      Set<String> lost) {
    int at = query.apexLabel() > 0 && names.isReserved(query) ? -1 : names.serviceLabel(query);
    ServicePart published = at < 0 ? null : names.serviceAt(query, at);
    if (published == null) {
      return Optional.empty();
    }
    DomainName name = query.name(at);
    return tables
        .apply(name, published)
        .flatMap(then -> {
          ReferralReasons reasons = new ReferralReasons(then.labels(), then.index(), lost);
          return at == 0
              ? Optional.of(reasons.ofService(query, name, then.service()))
              : Optional.ofNullable(then.labels().find(query, at - 1))
                  .filter(_ -> at == 1)
                  .map(part -> reasons.ofLabel(name, then.service(), part));
        });
  }

  /** The same zone with the TXT records that dynamic updates left in it, and its serial by them. */
  public ReferralZone with(ZoneTexts texts) {
    return texts.equals(ZoneTexts.NONE) ? this : new ReferralZone(this, texts);
  }

  private void answerApex(Query query, Answer answer) {
    ServicePart service = names.serviceAt(query, 0);
    RecordSet set =
        switch (query.type()) {
          case RecordType.SOA -> records.soa();
          case RecordType.NS -> records.nameServers();
          case RecordType.ANY -> service == null ? records.soa() : null; // RFC 8482 section 4.1
          default -> records.keys(query.type());
        };
    if (set != null) {
      writer.positive(query, answer, set);
    } else if (service == null || isAboutTheCut(query.type())) {
      writer.noDataAtApex(query, answer, service == null ? 0 : service.addressTypes().types());
    } else {
      answerService(query, answer, service);
    }
  }

  private static boolean isAboutTheCut(int type) {
    return type == RecordType.DS || type == RecordType.DNSKEY;
  }

  private void answerBelow(Query query, Answer answer) {
    int serviceLabel = names.serviceLabel(query);
    ServicePart service = serviceLabel < 0 ? null : names.serviceAt(query, serviceLabel);
    if (serviceLabel != 0 && texts.answer(query, answer, writer)) {
      return;
    }
    if (service == null) {
      if (names.isEmptyNonTerminal(query)) {
        writer.emptyNonTerminal(query, answer);
      } else {
        writer.nameError(query, answer);
      }
    } else if (serviceLabel == 0) {
      answerService(query, answer, service);
    } else {
      answerLabel(query, answer, service, serviceLabel - 1);
    }
  }

  private void answerService(Query query, Answer answer, ServicePart service) {
    long match = index.find(query.source(), query.subnet());
    int scope = Match.scope(match);
    answer.subnetScope(scope);
    int place = index.places().of(Match.anchor(match));
    int[] order = service.order(place, index.order(Match.anchor(match)));
    int ordinal = ServicePart.ordinal(order, service.choose(order));
    service.markDemand(place, order);
    AddressSets estimated = service.estimatedAnswer(place);
    if (estimated != null) {
      answeredByEstimate.increment();
      answerDirectly(query, answer, service, estimated, scope, Integer.MAX_VALUE);
      return;
    }
    if (service.isDirect()) {
      AddressSets ofLabel = service.label(ordinal).addresses();
      answerDirectly(
          query, answer, service, ofLabel, scope, service.longestAnswerTtlSeconds(place));
      return;
    }
    LoadBalancerPart chosen = labels.get(ordinal);
    writer.alias(
        query,
        answer,
        chosen.cname,
        service.ttlSeconds(ordinal, place),
        service.longestTtlSeconds(),
        ordinal);
    // RFC 7871 section 7.2.1: what else stands in the answer would get the same scope. Signed, the
    // referral would need its proof too: whoever validates asks for it anyway.
    if (courtesy && scope == 0 && !writer.signs(query)) {
      service.nameServers(ordinal).referCourteously(answer, chosen.label, 0);
    }
  }

  /** What is best for the place, or what its label would be answered with, by ourselves. */
  private void answerDirectly(
      Query query,
      Answer answer,
      ServicePart service,
      AddressSets addresses,
      int scope,
      int longestTtlSeconds) {
    RecordSet set = addresses.find(query, answer);
    answer.subnetScopeAtLeast(scope);
    if (set == null) {
      writer.noAddresses(query, answer, service.addressTypes());
    } else {
      int ttl = Math.min(set.ttlSeconds(), longestTtlSeconds);
      writer.addresses(query, answer, set, ttl, service.addressTypes());
    }
  }

  private void answerLabel(Query query, Answer answer, ServicePart service, int label) {
    LoadBalancerPart part = labels.find(query, label);
    if (part == null) {
      writer.nameError(query, answer);
    } else if (label == 0 && query.type() == RecordType.DS) {
      writer.delegationSigner(query, answer, service.label(part.ordinal));
    } else {
      service.markDemand(part.ordinal);
      writer.refer(query, answer, service.label(part.ordinal), label);
    }
  }

  private void answerNameServer(Query query, Answer answer) {
    int below = query.apexLabel() - 1;
    if (below == 0) {
      writer.emptyNonTerminal(query, answer);
      return;
    }
    LoadBalancerPart part = below == 1 ? labels.find(query, 0) : null;
    if (part == null) {
      writer.nameError(query, answer);
      return;
    }
    RecordSet addresses =
        switch (query.type()) {
          case RecordType.A -> part.ipv4;
          case RecordType.AAAA -> part.ipv6;
          case RecordType.ANY -> part.ipv4 == null ? part.ipv6 : part.ipv4; // RFC 8482 section 4.1
          default -> null;
        };
    if (addresses == null) {
      writer.noData(query, answer, part.nameServerTypes);
    } else {
      writer.positive(query, answer, addresses);
    }
  }
}
