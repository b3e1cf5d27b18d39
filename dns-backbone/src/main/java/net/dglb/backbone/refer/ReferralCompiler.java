package net.dglb.backbone.refer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.duty.ServedLabel;
import net.dglb.backbone.index.ResolverIndex;
import net.dglb.decision.Estimates;
import net.dglb.dns.wire.RecordSetBuilder;
import net.dglb.dns.wire.RecordType;
import net.dglb.dns.zone.SoaSettings;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;
import net.dglb.service.Ttls;

/**
 * Makes the zones of both addresses from what the control plane knows. Each compilation is whole
 * and independent of the last one but for the rankings' memory. Lives on the control thread.
 */
public final class ReferralCompiler {

  private static final int SOA_REFRESH_SECONDS = 3600;
  private static final int SOA_RETRY_SECONDS = 600;
  private static final int SOA_EXPIRE_SECONDS = 86400;
  private static final int NEGATIVE_SECONDS = 60;
  private static final int ADDRESS_SECONDS = (int) Ttls.DEFAULT.referral().toSeconds();

  private final ReferSettings settings;
  private final LabelRankings rankings;

  /**
   * Prepares to compile.
   *
   * @param estimates what is known at a place, by its id
   */
  public ReferralCompiler(ReferSettings settings, Function<String, Estimates> estimates) {
    this.settings = settings;
    this.rankings = new LabelRankings(estimates, settings.shortTtlSeconds());
  }

  /**
   * Compiles everything.
   *
   * @param nameServers names of the backbone's own name servers, this node's first
   * @param loadBalancers by ordinal; the first is the backbone's own, with its label addresses
   * @param served who serves which label; labels that are not listed are served by the label
   *     addresses
   */
  public Referrals compile(
      Collection<EnterpriseZone> zones,
      List<DomainName> nameServers,
      List<LoadBalancer> loadBalancers,
      Collection<ServedLabel> served,
      ResolverIndex index,
      Instant now) {
    LabelTable labels =
        new LabelTable(
            loadBalancers.stream()
                .map(lb ->
                    new LoadBalancerPart(lb.ordinal(), lb.id(), lb.addresses(), ADDRESS_SECONDS))
                .toList());
    List<Service> services = zones.stream().flatMap(zone -> zone.services().stream()).toList();
    DemandMarks demand = new DemandMarks(services.size() * labels.size());
    ServiceCompiler compiler =
        new ServiceCompiler(loadBalancers, labels, served, rankings, settings, demand, now);
    List<ReferralZone> referrals = new ArrayList<>();
    List<LabelAnswers> answers = new ArrayList<>();
    for (EnterpriseZone zone : zones) {
      Map<DomainName, ServicePart> parts = new LinkedHashMap<>();
      zone.services().forEach(service -> parts.put(service.name(), compiler.compile(service)));
      ZoneNames names = new ZoneNames(zone.origin(), parts);
      ZoneRecords records = records(zone, nameServers);
      referrals.add(
          new ReferralZone(
              zone.origin(), names, records, labels, index, settings.courtesyReferral()));
      answers.add(new LabelAnswers(zone.origin(), names, records, labels));
    }
    rankings.forgetUnused();
    return new Referrals(
        referrals,
        answers,
        demand,
        services.stream().map(Service::name).toList(),
        loadBalancers.stream().map(LoadBalancer::id).toList());
  }

  private ZoneRecords records(EnterpriseZone zone, List<DomainName> nameServers) {
    int delegationSeconds =
        zone.services().stream()
            .mapToInt(service -> (int) service.ttls().delegation().toSeconds())
            .min()
            .orElse((int) Ttls.DEFAULT.delegation().toSeconds());
    SoaSettings soa =
        new SoaSettings(
            nameServers.getFirst(),
            settings.contact(),
            zone.version() & 0xffffffffL,
            SOA_REFRESH_SECONDS,
            SOA_RETRY_SECONDS,
            SOA_EXPIRE_SECONDS,
            NEGATIVE_SECONDS,
            ADDRESS_SECONDS);
    RecordSetBuilder ns = new RecordSetBuilder(RecordType.NS, delegationSeconds, zone.origin());
    nameServers.forEach(ns::name);
    return new ZoneRecords(
        soa.compile(zone.origin()), soa.compileNegative(zone.origin()), ns.build());
  }
}
