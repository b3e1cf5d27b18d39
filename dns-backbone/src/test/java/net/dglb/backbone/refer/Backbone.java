package net.dglb.backbone.refer;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import net.dglb.backbone.Samples;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.announce.StoredAnnouncement;
import net.dglb.backbone.duty.ServedLabel;
import net.dglb.backbone.estimate.EstimateTable;
import net.dglb.backbone.index.EstimatedPlaces;
import net.dglb.backbone.index.IndexCompiler;
import net.dglb.backbone.index.ServiceView;
import net.dglb.backbone.secure.SecureLabels;
import net.dglb.backbone.sign.OnlineSigning;
import net.dglb.backbone.sign.SignedZone;
import net.dglb.backbone.sign.ZoneSigning;
import net.dglb.decision.said.Sayings;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.serve.InProcessServer;
import net.dglb.dns.share.SiteShare;
import net.dglb.dns.sign.SigningKey;
import net.dglb.dns.wire.Transport;
import net.dglb.mapping.convert.Announcement;
import net.dglb.net.DomainName;
import net.dglb.net.Prefix;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;
import net.dglb.time.VirtualTimeline;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Compiles the sample network and asks it, without sockets. */
public final class Backbone {

  /** Where queries come from unless said otherwise: a resolver beside New York. */
  public static final String NEW_YORK_RESOLVER = "203.0.113.53";

  /** A resolver that nobody announced. */
  public static final String UNKNOWN_RESOLVER = "8.8.4.4";

  private static final int EDNS_OCTETS = 1232;
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  public List<EnterpriseZone> zones = List.of(Samples.aliased(7), Samples.delegated(3));
  public final EstimateTable estimates = new EstimateTable();
  public Sayings said = Sayings.NONE;
  public final List<ServedLabel> served = new ArrayList<>();
  public final IndexCompiler indexes = new IndexCompiler();
  public List<LoadBalancer> loadBalancers = Samples.loadBalancers();
  public final VirtualTimeline timeline = new VirtualTimeline(NOW);
  public final EstimatedPlaces places =
      new EstimatedPlaces(this::view, Runnable::run, timeline, () -> {});
  private final Map<DomainName, SignedZone> signed = new HashMap<>();

  /** How zones are signed that nothing is said of. */
  public Function<EnterpriseZone, Optional<SignedZone>> signing = _ -> Optional.empty();

  public final SecureLabels secure = new SecureLabels(new HashMap<>(), timeline);
  final ReferralCompiler compiler =
      new ReferralCompiler(
          new ReferSettings(DomainName.of("hostmaster.dglb.test"), true, 20),
          estimates,
          () -> said,
          places,
          zone -> Optional.ofNullable(signed.get(zone.origin())).or(() -> signing.apply(zone)),
          secure);

  /** New York announces its resolver, London a client prefix. */
  public Backbone() {
    indexes.put(announcing("lb-nyc", List.of("203.0.113.0/24"), List.of()));
    indexes.put(announcing("lb-lon", List.of("198.51.100.0/24"), List.of("100.64.0.0/16")));
  }

  /** Says that a load balancer serves its own label, with these backups. */
  public Backbone serves(DomainName service, String label, String... backups) {
    List<String> holders = new ArrayList<>(List.of(label));
    holders.addAll(List.of(backups));
    served.add(new ServedLabel(service, label, true, holders));
    return this;
  }

  /** Says that a zone is signed, with one key. */
  public Backbone signs(DomainName origin, OnlineSigning signing, SigningKey key) {
    List<SigningKey> keys = List.of(key);
    signed.put(origin, new SignedZone(new ZoneSigning(signing, origin, keys, keys), keys, keys));
    return this;
  }

  private ServiceView view(Service service) {
    return compiler.view(service, loadBalancers, timeline.now());
  }

  /** For how many prefixes a zone's answers would change since the last compilation. */
  TouchedPrefixes touched(EnterpriseZone after) {
    return compiler.touchedPrefixes(after, loadBalancers, timeline.now());
  }

  /** What part of the answers a site of a service is to get and got. */
  Optional<SiteShare> share(DomainName service, String site) {
    return compiler.shares().stream()
        .filter(it -> it.service().equals(service) && it.site().equals(site))
        .findFirst();
  }

  /** Compiles what was said. */
  public Referrals compile() {
    return compiler.compile(
        zones,
        List.of(DomainName.of("b1.dglb.test"), DomainName.of("b2.dglb.test")),
        loadBalancers,
        served,
        indexes.compile(loadBalancers),
        timeline.now());
  }

  /** For how many prefixes a zone would be answered otherwise, with so many rankings at most. */
  TouchedPrefixes touched(EnterpriseZone after, int mostRankings) {
    compile();
    return compiler.touchedPrefixes(after, loadBalancers, mostRankings, NOW);
  }

  /** Asks the main address from the resolver beside New York. */
  public Message ask(String name, int type) {
    return ask(name, type, NEW_YORK_RESOLVER);
  }

  /** Asks the main address. */
  public Message ask(String name, int type, String source) {
    return ask(Catalog.of(compile().zones()), query(name, type, null), source);
  }

  /** Asks the main address with a client subnet, such as 100.64.1.0/24. */
  public Message askFor(String name, String subnet) {
    return ask(Catalog.of(compile().zones()), query(name, Type.A, subnet), NEW_YORK_RESOLVER);
  }

  /** Asks the label address. */
  public Message askLabelAddress(String name, int type) {
    return askLabelAddress(name, type, NEW_YORK_RESOLVER);
  }

  /** Asks the label address from a source. */
  public Message askLabelAddress(String name, int type, String source) {
    return ask(Catalog.of(compile().labelZones()), query(name, type, null), source);
  }

  /** Asks a catalog from a source. */
  static Message ask(Catalog catalog, Message query, String source) {
    try {
      byte[] answer =
          new InProcessServer(catalog)
              .ask(query.toWire(), InetAddress.ofLiteral(source), Transport.UDP);
      return new Message(answer);
    } catch (IOException e) {
      throw new AssertionError("an answer that dnsjava cannot read", e);
    }
  }

  /** A query with EDNS, and a client subnet if one is given. */
  public static Message query(String name, int type, @Nullable String subnet) {
    try {
      Message query =
          Message.newQuery(Record.newRecord(Name.fromString(name, Name.root), type, DClass.IN));
      if (subnet == null) {
        query.addRecord(new OPTRecord(EDNS_OCTETS, 0, 0), Section.ADDITIONAL);
      } else {
        Prefix prefix = Prefix.parse(subnet);
        query.addRecord(
            new OPTRecord(
                EDNS_OCTETS,
                0,
                0,
                0,
                List.of(new ClientSubnetOption(prefix.length(), prefix.address()))),
            Section.ADDITIONAL);
      }
      return query;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Records of a section as texts: owner, TTL, type and data. */
  public static List<String> records(Message message, int section) {
    return message.getSection(section).stream()
        .filter(record -> record.getType() != Type.OPT)
        .map(record ->
            record.getName()
                + " "
                + record.getTTL()
                + " "
                + Type.string(record.getType())
                + " "
                + record.rdataToString())
        .toList();
  }

  /** The scope of the client subnet option of an answer; -1 if there is none. */
  public static int scope(Message message) {
    OPTRecord opt = message.getOPT();
    if (opt == null) {
      return -1;
    }
    return opt.getOptions().stream()
        .filter(ClientSubnetOption.class::isInstance)
        .map(ClientSubnetOption.class::cast)
        .mapToInt(ClientSubnetOption::getScopePrefixLength)
        .findFirst()
        .orElse(-1);
  }

  private static StoredAnnouncement announcing(
      String id, List<String> resolvers, List<String> clients) {
    Announcement base =
        Samples.announcement(id, List.of("198.18.9.9"), resolvers, null).announcement();
    Announcement both =
        new Announcement(
            id,
            base.version(),
            base.announced(),
            base.addresses(),
            base.dnsPort(),
            base.resolverPrefixes(),
            clients.stream().map(Prefix::parse).toList(),
            base.location(),
            base.inAdvance(),
            base.mapping());
    return new StoredAnnouncement(both, false);
  }
}
