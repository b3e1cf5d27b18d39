package net.dglb.backbone.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.dglb.backbone.Samples;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.announce.Presence;
import net.dglb.dns.prefix.AddressBits;
import net.dglb.net.Location;
import net.dglb.net.Prefix;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResolverIndexTest {

  private static final Location PARIS = new Location(48.9, 2.4);

  private final IndexCompiler compiler = new IndexCompiler();
  private List<LoadBalancer> all = new ArrayList<>(Samples.loadBalancers());

  @BeforeEach
  void newYorkAnnouncesItsResolvers() {
    announce("lb-nyc", "203.0.113.0/24", "2001:db8:53::/48");
  }

  @Test
  void theAnnouncerComesFirstAndThenThoseNearestToIt() {
    assertThat(orderFor("203.0.113.53")).containsExactly("lb-nyc", "lb-lon", "lb-tyo");
    assertThat(orderFor("2001:db8:53::1")).containsExactly("lb-nyc", "lb-lon", "lb-tyo");
  }

  @Test
  void theLongestAnnouncedPrefixWins() {
    announce("lb-tyo", "203.0.113.128/25");

    assertThat(orderFor("203.0.113.200")).startsWith("lb-tyo");
    assertThat(orderFor("203.0.113.53")).startsWith("lb-nyc");
  }

  @Test
  void aPrefixOfTwoLoadBalancersNamesBothBeforeTheOthers() {
    announce("lb-tyo", "203.0.113.0/24");

    assertThat(orderFor("203.0.113.53").subList(0, 2))
        .containsExactlyInAnyOrder("lb-nyc", "lb-tyo");
  }

  @Test
  void aLostAnnouncerStaysFirstSinceItsLabelStandsForThePlace() {
    alive("lb-nyc", false);

    assertThat(orderFor("203.0.113.53")).containsExactly("lb-nyc", "lb-lon", "lb-tyo");
  }

  @Test
  void aLostAnnouncerStandsForItsPlaceAndALongLostOneDoesNot() {
    alive("lb-nyc", false);
    assertThat(orderFor("203.0.113.53")).containsExactly("lb-nyc", "lb-lon", "lb-tyo");

    all =
        all.stream()
            .map(lb -> lb.id().equals("lb-nyc") ? Samples.presence(lb, Presence.LONG_LOST) : lb)
            .toList();
    assertThat(orderFor("203.0.113.53")).containsExactly("lb-lon", "lb-tyo");
  }

  @Test
  void aWithdrawnAnnouncerIsFollowedByItsNeighbours() {
    all = all.stream().map(lb -> lb.id().equals("lb-nyc") ? Samples.withdrawn(lb) : lb).toList();

    assertThat(orderFor("203.0.113.53")).containsExactly("lb-lon", "lb-tyo");
  }

  @Test
  void aPrefixThatIsNotAnnouncedAnyMoreIsForgotten() {
    compiler.locations(located(Map.of(Prefix.parse("203.0.113.0/24"), Samples.TOKYO)));
    announce("lb-nyc", "198.51.100.0/24");

    assertThat(orderFor("203.0.113.53")).startsWith("lb-tyo");
    assertThat(orderFor("198.51.100.1")).startsWith("lb-nyc");
  }

  @Test
  void announcedBeatsComputedBeatsLocatedHoweverLongTheirPrefixes() {
    compiler.locations(
        located(
            Map.of(
                Prefix.parse("203.0.113.53/32"), PARIS,
                Prefix.parse("192.0.2.53/32"), PARIS,
                Prefix.parse("198.18.0.0/15"), PARIS)));
    compiler.computedMap(
        new FallbackTable.Builder(2)
            .computed(Prefix.parse("203.0.113.0/25"), List.of("lb-tyo"))
            .computed(Prefix.parse("192.0.2.0/24"), List.of("lb-tyo", "lb-nyc"))
            .build());

    assertThat(orderFor("203.0.113.53")).startsWith("lb-nyc");
    assertThat(orderFor("192.0.2.53")).startsWith("lb-tyo", "lb-nyc");
    assertThat(orderFor("198.18.7.7")).startsWith("lb-lon", "lb-nyc");
  }

  @Test
  void anUnknownResolverKeepsItsLoadBalancerWhenAnotherOneGoes() {
    List<String> before = orderFor("9.9.9.9");

    alive(before.get(2), false);

    assertThat(orderFor("9.9.9.9")).containsExactly(before.get(0), before.get(1));
    assertThat(orderFor("9.9.9.200")).as("same /24").isEqualTo(orderFor("9.9.9.9"));
  }

  @Test
  void unknownResolversSpreadOverAllLoadBalancers() {
    List<String> firsts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      firsts.add(orderFor("9." + i + ".9.9").getFirst());
    }

    for (String lb : List.of("lb-nyc", "lb-lon", "lb-tyo")) {
      assertThat(firsts.stream().filter(lb::equals).count())
          .as("share of %s of 200", lb)
          .isBetween(40L, 100L);
    }
  }

  @Test
  void theSuccessorsOfOneThatLeftAreThoseThatItsResolversAreReferredToNow() {
    List<Prefix> had = List.of(Prefix.parse("203.0.113.0/24"), Prefix.parse("9.9.9.0/24"));
    assertThat(successors(List.of(Prefix.parse("9.9.9.0/24")))).as("unknown ones").isEmpty();
    announce("lb-nyc");
    compiler.locations(located(Map.of(Prefix.parse("203.0.113.0/25"), PARIS)));
    assertThat(successors(had)).startsWith("lb-lon");

    announce("lb-tyo", "203.0.113.0/24");
    assertThat(successors(had)).startsWith("lb-tyo");
  }

  private List<String> successors(List<Prefix> prefixes) {
    return compiler.compile(all).successors(prefixes).stream()
        .map(ordinal -> all.get(ordinal).id())
        .toList();
  }

  private static FallbackTable located(Map<Prefix, Location> locations) {
    FallbackTable.Builder table = new FallbackTable.Builder(locations.size());
    locations.forEach(table::located);
    return table.build();
  }

  private void announce(String id, String... resolvers) {
    compiler.put(Samples.announcement(id, List.of("198.18.9.9"), List.of(resolvers), null));
  }

  private void alive(String id, boolean live) {
    all = all.stream().map(lb -> lb.id().equals(id) ? Samples.live(lb, live) : lb).toList();
  }

  private List<String> orderFor(String source) {
    AddressBits bits = new AddressBits();
    bits.set(InetAddress.ofLiteral(source));
    ResolverIndex index = compiler.compile(all);
    return Arrays.stream(index.order(Match.anchor(index.find(bits, new AddressBits()))))
        .mapToObj(ordinal -> all.get(ordinal).id())
        .toList();
  }
}
