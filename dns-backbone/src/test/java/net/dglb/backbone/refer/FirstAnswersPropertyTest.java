package net.dglb.backbone.refer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import net.dglb.backbone.Samples;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.announce.Presence;
import net.dglb.backbone.estimate.EstimateTable;
import net.dglb.decision.AdminState;
import net.dglb.decision.Place;
import net.dglb.decision.said.Saying;
import net.dglb.decision.said.Sayings;
import net.dglb.decision.said.SitePattern;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.share.ObservedAnswers;
import net.dglb.dns.zone.AddressZone;
import net.dglb.dns.zone.SoaSettings;
import net.dglb.dns.zone.Zone;
import net.dglb.net.DomainName;
import net.dglb.net.Location;
import net.dglb.service.DelegationForm;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Policy;
import net.dglb.service.Service;
import net.dglb.service.Site;
import net.dglb.service.Step;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Labels that are not in use are answered as if each had been ranked by itself. */
class FirstAnswersPropertyTest {

  private static final int SERVICES = 12;
  private static final int LOAD_BALANCERS = 25;
  private static final Duration TIME_CONSTANT = Policy.Latency.DEFAULT.timeConstant();
  private static final List<String> RESOLVERS = List.of("203.0.113.53", "8.8.4.4", "9.9.9.9");
  private static final DomainName ORIGIN = DomainName.of("lb.foobar.test");

  private final Backbone backbone = new Backbone();

  static LongStream seeds() {
    return LongStream.range(0, 8);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyLabelIsAnsweredForItsOwnPlaceAlsoAfterChanges(long seed) {
    Random random = new Random(seed);
    List<Service> services = new ArrayList<>();
    for (int i = 0; i < SERVICES; i++) {
      services.add(service(random, ORIGIN.child("s" + i)));
    }
    backbone.zones =
        List.of(new EnterpriseZone("foobar", ORIGIN, DelegationForm.ALIASED, false, 1, services));
    backbone.loadBalancers = loadBalancers(random, LOAD_BALANCERS);
    assertEveryLabelIsAnsweredForItsPlace();
    backbone.loadBalancers = someMoved(random, backbone.loadBalancers);
    assertEveryLabelIsAnsweredForItsPlace();
    backbone.said =
        Sayings.NONE.with(
            new Saying(
                SitePattern.parse("*/s" + (1 + random.nextInt(2))),
                List.of(AdminState.values()).get(random.nextInt(3)),
                "test",
                "test",
                Backbone.NOW));
    assertEveryLabelIsAnsweredForItsPlace();
    backbone.loadBalancers = backbone.loadBalancers.subList(0, LOAD_BALANCERS / 2);
    assertEveryLabelIsAnsweredForItsPlace();
    backbone.loadBalancers = loadBalancers(random, LOAD_BALANCERS);
    assertEveryLabelIsAnsweredForItsPlace();
  }

  private void assertEveryLabelIsAnsweredForItsPlace() {
    Catalog compiled = Catalog.of(backbone.compile().labelZones());
    Catalog each = Catalog.of(zonesRankedOneByOne());
    for (Service service : backbone.zones.getFirst().services()) {
      for (LoadBalancer it : backbone.loadBalancers) {
        DomainName label = service.name().child(it.id());
        assertThat(addresses(compiled, label))
            .as("%s at %s", service, it)
            .isNotEmpty()
            .isEqualTo(addresses(each, label));
      }
    }
  }

  private List<Zone> zonesRankedOneByOne() {
    LabelRankings rankings =
        new LabelRankings(new EstimateTable(), () -> backbone.said, new ObservedAnswers(), 20);
    rankings.begin();
    List<Zone> zones = new ArrayList<>();
    for (Service service : backbone.zones.getFirst().services()) {
      for (LoadBalancer it : backbone.loadBalancers) {
        DomainName label = service.name().child(it.id());
        Place place = new Place(it.id(), it.location());
        zones.add(
            new AddressZone(
                label,
                new SoaSettings(label, label, 1, 60, 60, 60, 60, 60),
                List.of(label),
                60,
                rankings.compile(service, rankings.unmeasured(service, place))));
      }
    }
    return zones;
  }

  private static List<String> addresses(Catalog catalog, DomainName label) {
    List<String> addresses = new ArrayList<>();
    for (String resolver : RESOLVERS) {
      for (int type : new int[] {Type.A, Type.AAAA}) {
        addresses.addAll(
            Backbone.records(
                Backbone.ask(catalog, Backbone.query(label + ".", type, null), resolver),
                Section.ANSWER));
      }
    }
    return addresses;
  }

  /** Some with the ids of others, some elsewhere, some without a location. */
  private static List<LoadBalancer> loadBalancers(Random random, int count) {
    List<LoadBalancer> all = new ArrayList<>(List.of(Samples.loadBalancers().getFirst()));
    for (int ordinal = 1; ordinal <= count; ordinal++) {
      all.add(loadBalancer(ordinal, random));
    }
    return all;
  }

  private static LoadBalancer loadBalancer(int ordinal, Random random) {
    Location at = random.nextInt(6) == 0 ? null : somewhere(random);
    return new LoadBalancer(
        ordinal,
        Samples.announcement("lb-" + ordinal, List.of("198.18.1." + ordinal), List.of(), at),
        random.nextBoolean() ? Presence.LIVE : Presence.LOST);
  }

  private static List<LoadBalancer> someMoved(Random random, List<LoadBalancer> before) {
    return before.stream()
        .map(
            it -> it.isBackbone() || random.nextBoolean() ? it : loadBalancer(it.ordinal(), random))
        .toList();
  }

  private static Service service(Random random, DomainName name) {
    List<Site> sites = new ArrayList<>();
    for (int i = 1; i <= 1 + random.nextInt(5); i++) {
      sites.add(
          new Site(
              "s" + i,
              random.nextInt(4) == 0
                  ? Samples.addresses("192.0.2." + i)
                  : Samples.addresses("192.0.2." + i, "2001:db8::" + i),
              Optional.of(somewhere(random)),
              1 + random.nextInt(3),
              Map.of("lb-1*", 1.0 + random.nextInt(3), "lb-2", 0.5),
              0,
              1));
    }
    Service usual = Samples.service(name);
    return new Service(
        name, List.of(), usual.mode(), sites, usual.check(), policy(random), usual.ttls(), 0);
  }

  private static Policy policy(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> Policy.Sum.proximity(TIME_CONSTANT);
      case 1 -> Policy.Sum.cheapest(TIME_CONSTANT);
      case 2 -> chain(new Step.First(2), new Step.Hash());
      case 3 -> chain(new Step.Within(Step.Measure.COST, 1), new Step.Hash());
      case 4 -> chain(new Step.Within(Step.Measure.KILOMETRES, 3_000), new Step.Hash());
      default -> Policy.Latency.DEFAULT;
    };
  }

  private static Policy chain(Step... steps) {
    return new Policy.Chain(Policy.Latency.DEFAULT, List.of(steps));
  }

  private static Location somewhere(Random random) {
    return new Location(random.nextDouble(-60, 70), random.nextDouble(-180, 180));
  }
}
