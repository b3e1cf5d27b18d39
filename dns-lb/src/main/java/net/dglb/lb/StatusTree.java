package net.dglb.lb;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import net.dglb.dns.share.SiteShare;
import net.dglb.lb.announce.Announcer;
import net.dglb.lb.answer.MeasurementPipeline;
import net.dglb.lb.duty.Duties;
import net.dglb.lb.duty.HeldDuty;
import net.dglb.lb.duty.KnownService;
import net.dglb.lb.measure.OtherPlaces;
import net.dglb.lb.measure.OwnMeasurement;
import net.dglb.lb.resolvers.ResolverSource;
import net.dglb.mapping.session.PeerState;
import net.dglb.net.AddressLiteral;
import net.dglb.net.DomainName;

/** What a load balancer says of itself to people. */
record StatusTree(
    LoadBalancerSettings settings,
    Announcer announcer,
    ResolverSource resolvers,
    Duties duties,
    MeasurementPipeline pipeline,
    OwnMeasurement measurement,
    OtherPlaces places,
    String leaving) {

  /** The parts by name, in the order in which they are shown. */
  Map<String, Object> parts() {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("leaving", leaving);
    parts.put("announcement", announcement());
    parts.put("services", services());
    parts.put("labels", pipeline.status());
    parts.put("targets", measurement.status());
    parts.put("places", heardPlaces());
    parts.put("address-checks", duties.checks().stream().map(it -> it.name()).toList());
    parts.put("owed-acknowledgements", duties.owedAcknowledgements());
    return parts;
  }

  private Map<String, Object> announcement() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("version", announcer.versionInWords());
    tree.put("addresses", settings.addresses().stream().map(AddressLiteral::text).toList());
    tree.put("dns-port", settings.dnsPort());
    tree.put("resolvers", resolvers.current().resolvers());
    tree.put("clients", resolvers.current().clients());
    tree.put("resolver-file-problems", resolvers.problems());
    tree.put("backbone-nodes", announcer.acceptances());
    return tree;
  }

  private Map<String, Object> services() {
    Map<String, Object> tree = new LinkedHashMap<>();
    Map<DomainName, Map<String, Long>> observed = new HashMap<>();
    for (SiteShare share : pipeline.shares()) {
      observed
          .computeIfAbsent(share.service(), _ -> new LinkedHashMap<>())
          .put(share.site(), share.observed());
    }
    for (KnownService known : duties.answeredServices()) {
      Map<String, Object> service = new LinkedHashMap<>();
      service.put("zone", known.origin());
      service.put("zone-version", known.zoneVersion());
      service.put("sites", known.service().sites().size());
      service.put("measured", measurement.isMeasured(known.service()));
      Map<String, Long> answers = observed.get(known.service().name());
      if (answers != null) {
        service.put("answers-by-site", answers);
      }
      tree.put(known.service().name().toString(), service);
    }
    return tree;
  }

  private Map<String, Object> heardPlaces() {
    Map<String, Object> tree = new TreeMap<>();
    for (HeldDuty duty : duties.held()) {
      String place = duty.label().place();
      if (!place.equals(settings.node().id())) {
        tree.put(place, places.silenceInWords(place));
      }
    }
    return tree;
  }

  /** A peer's state in words. */
  static String inWords(PeerState state) {
    return switch (state) {
      case PeerState.Connecting connecting -> "connecting since " + inWords(connecting.since());
      case PeerState.Open open ->
          "open with " + open.session().peer().id() + " since " + inWords(open.since());
      case PeerState.Waiting waiting ->
          "trying again at " + inWords(waiting.until()) + ": " + waiting.why();
    };
  }

  private static Instant inWords(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS);
  }
}
