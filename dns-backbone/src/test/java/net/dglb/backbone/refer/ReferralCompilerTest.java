package net.dglb.backbone.refer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.backbone.Samples;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.duty.ServedLabel;
import net.dglb.backbone.estimate.EstimateTable;
import net.dglb.backbone.index.EstimatedPlaces;
import net.dglb.backbone.index.IndexCompiler;
import net.dglb.backbone.index.ResolverIndex;
import net.dglb.backbone.index.ServiceView;
import net.dglb.backbone.secure.SecureLabels;
import net.dglb.decision.Estimate;
import net.dglb.decision.Health;
import net.dglb.decision.SiteState;
import net.dglb.decision.said.Sayings;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.share.ObservedAnswers;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class ReferralCompilerTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final DomainName SERVER = DomainName.of("b1.dglb.test");

  private final EstimateTable estimates = new EstimateTable();
  private final ReferralCompiler compiler = compiler();
  private List<EnterpriseZone> zones = List.of(Samples.aliased(7), Samples.delegated(3));
  private List<DomainName> servers = List.of(SERVER);
  private List<LoadBalancer> loadBalancers = Samples.loadBalancers();
  private final List<ServedLabel> served = new ArrayList<>();
  private ResolverIndex index = new IndexCompiler().compile(loadBalancers);
  private Instant now = NOW;

  @Test
  void givesTheSameObjectWhileNothingChanges() {
    serve(Samples.WWW, "lb-nyc", true);
    Referrals first = compile();
    now = NOW.plusSeconds(5);

    assertThat(compile()).isSameAs(first);
  }

  @Test
  void aChangeOfOneLabelLeavesEveryOtherServiceAsItWas() {
    serve(Samples.WWW, "lb-nyc", true);
    List<ServicePart> before = parts(List.of());
    serve(Samples.SHOP, "lb-lon", true);

    List<ServicePart> after = parts(before);

    assertThat(after).hasSize(3);
    assertThat(after.get(0)).isSameAs(before.get(0));
    assertThat(after.get(1)).isSameAs(before.get(1));
    assertThat(after.get(2)).isNotSameAs(before.get(2));
  }

  @Test
  void answersAfterEachChangeLikeACompilerThatNeverSawTheStateBefore() {
    List<Runnable> changes =
        List.of(
            () -> {},
            () -> serve(Samples.WWW, "lb-nyc", true),
            () -> serve(Samples.WWW, "lb-lon", false),
            () -> serve(Samples.SHOP, "lb-nyc", true),
            this::londonIsFast,
            () -> zones = List.of(Samples.aliased(8), Samples.delegated(3)),
            () -> served.removeFirst(),
            () -> servers = List.of(SERVER, DomainName.of("b2.dglb.test")),
            () -> loadBalancers = loadBalancers.subList(0, 3),
            () -> zones = List.of(Samples.delegated(3)),
            () -> zones = List.of(Samples.aliased(8), Samples.delegated(3)));
    for (Runnable change : changes) {
      change.run();
      index = new IndexCompiler().compile(loadBalancers);
      assertThat(answers(compile())).isEqualTo(answers(compile(compiler())));
    }
  }

  @Test
  void ranksOnceForPlacesThatAreAlikeAndThenOnlyWhatIsInUseAndHasChanged() {
    serve(Samples.WWW, "lb-nyc", true);
    serve(Samples.SHOP, "lb-lon", true);
    int services = 3;
    int unused = services * 2; // for those nearest to London, and for those nearest to Tokyo
    int inUse = 2;
    assertThat(rankingsOf(() -> {})).isEqualTo(2L * (unused + inUse));

    assertThat(rankingsOf(() -> {})).isZero();
    assertThat(rankingsOf(() -> serve(Samples.WWW, "lb-tyo", true))).isEqualTo(2);
    assertThat(rankingsOf(() -> serve(Samples.SHOP, "lb-nyc", true))).isEqualTo(2);
    assertThat(rankingsOf(this::londonIsFast))
        .as("one service was measured at one place, where others stand too")
        .isEqualTo(2);
    assertThat(rankingsOf(() -> zones = List.of(Samples.aliased(7), Samples.delegated(4))))
        .as("a new version with the same services")
        .isZero();
    assertThat(rankingsOf(() -> now = now.plusSeconds(30)))
        .as("measurements age")
        .isEqualTo(2L * (inUse + 2));
  }

  /** How many rankings the next compilation makes. */
  private long rankingsOf(Runnable change) {
    long before = compiler.rankings();
    change.run();
    compile();
    return compiler.rankings() - before;
  }

  @Test
  void aMarkStandsForTheSameLabelAfterALaterCompilation() {
    Referrals first = compile();
    ask(first, "lb-tyo.www.lb.foobar.test.");
    serve(Samples.SHOP, "lb-lon", true);
    List<String> demand = new ArrayList<>();

    compile().collectDemand((service, id) -> demand.add(id + " " + service));

    assertThat(demand).containsExactly("lb-tyo www.lb.foobar.test");
  }

  private void serve(DomainName service, String label, boolean own) {
    served.add(new ServedLabel(service, label, own, List.of(own ? label : "lb-tyo")));
  }

  private void londonIsFast() {
    zones
        .getFirst()
        .services()
        .getFirst()
        .targets()
        .forEach(target -> {
          SiteState state =
              new SiteState(Optional.of(new Estimate(20, 0, 9, NOW)), Health.UP, false);
          estimates.put("lb-nyc", Map.of(target, state));
        });
  }

  private ReferralCompiler compiler() {
    return new ReferralCompiler(
        new ReferSettings(DomainName.of("hostmaster.dglb.test"), true, 20),
        estimates,
        () -> Sayings.NONE,
        new EstimatedPlaces(
            _ -> new ServiceView(Map.of(), List.of(), Map.of()),
            Runnable::run,
            new VirtualTimeline(NOW),
            () -> {}),
        _ -> Optional.empty(),
        new SecureLabels(new HashMap<>(), new VirtualTimeline(NOW)));
  }

  private Referrals compile() {
    return compile(compiler);
  }

  private Referrals compile(ReferralCompiler with) {
    return with.compile(zones, servers, loadBalancers, List.copyOf(served), index, now);
  }

  private final LabelTable table =
      new LabelTable(
          Samples.loadBalancers().stream()
              .map(lb -> new LoadBalancerPart(lb.ordinal(), lb.id(), lb.addresses(), 60))
              .toList());
  private final LabelPlaces places = LabelPlaces.none().with(loadBalancers);
  private final NameServerSets sets = new NameServerSets(table);
  private final LabelRankings rankings =
      new LabelRankings(estimates, () -> Sayings.NONE, new ObservedAnswers(), 20);

  private List<ServicePart> parts(List<ServicePart> known) {
    ServiceCompiler services =
        new ServiceCompiler(
            loadBalancers,
            places,
            table,
            sets,
            served,
            rankings,
            new ReferSettings(DomainName.of("hostmaster.dglb.test"), true, 20),
            new DemandMarks(3 * table.size()),
            known,
            now);
    List<ServicePart> parts =
        zones.stream()
            .flatMap(zone -> zone.services().stream())
            .map(service -> services.compile(service, Map.of(), PlacePart.NONE))
            .toList();
    rankings.forgetUnused();
    sets.forgetUnused();
    return parts;
  }

  private static List<String> answers(Referrals referrals) {
    List<String> answers = new ArrayList<>();
    for (String name :
        List.of(
            "lb.foobar.test.",
            "www.lb.foobar.test.",
            "img.cdn.lb.foobar.test.",
            "shop.foobar.test.",
            "lb-nyc.www.lb.foobar.test.",
            "lb-lon.www.lb.foobar.test.",
            "lb-tyo.www.lb.foobar.test.",
            "lb-nyc.shop.foobar.test.",
            "lb-tyo.ns.shop.foobar.test.")) {
      answers.addAll(ask(referrals, name));
    }
    return answers;
  }

  private static List<String> ask(Referrals referrals, String name) {
    List<String> answers = new ArrayList<>();
    for (Catalog catalog :
        List.of(Catalog.of(referrals.zones()), Catalog.of(referrals.labelZones()))) {
      for (int type : new int[] {Type.A, Type.NS, Type.SOA}) {
        var message =
            Backbone.ask(catalog, Backbone.query(name, type, null), Backbone.NEW_YORK_RESOLVER);
        answers.add(name + " " + message.getRcode());
        for (int section : new int[] {Section.ANSWER, Section.AUTHORITY, Section.ADDITIONAL}) {
          answers.addAll(Backbone.records(message, section));
        }
      }
    }
    return answers;
  }
}
