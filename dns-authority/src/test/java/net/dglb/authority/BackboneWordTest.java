package net.dglb.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.dglb.identity.NodeRole;
import net.dglb.mapping.convert.NodeEndpoints;
import net.dglb.mapping.convert.ZoneDelegation;
import net.dglb.mapping.session.InMemorySession;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import org.junit.jupiter.api.Test;

class BackboneWordTest {

  private final List<ZoneDelegation> published = new ArrayList<>();
  private final List<List<NodeEndpoints>> learned = new ArrayList<>();
  private final BackboneWord word = new BackboneWord(published::add, learned::add);
  private final InMemorySession first = new InMemorySession(NodeRole.BACKBONE, "b1");
  private final InMemorySession second = new InMemorySession(NodeRole.BACKBONE, "b2");

  @Test
  void publishesEveryNameServerThatAnyNodeNames() {
    word.delegation(first, delegation("b1", "b2"));
    word.delegation(second, delegation("b2"));

    assertThat(published())
        .as("a node that names only itself takes nobody away")
        .containsExactly("b1", "b2");
  }

  @Test
  void dropsANameServerThatNoConnectedNodeNamesAnyMore() {
    word.delegation(first, delegation("b1", "b2", "b3"));
    word.delegation(second, delegation("b1", "b2", "b3"));

    word.delegation(first, delegation("b1", "b2"));
    assertThat(published()).containsExactly("b1", "b2", "b3");
    word.delegation(second, delegation("b1", "b2"));
    assertThat(published()).containsExactly("b1", "b2");
  }

  @Test
  void forgetsWhatWasSaidOnASessionThatEndedWhileAnotherStatementStands() {
    word.delegation(first, delegation("b1", "gone"));
    word.delegation(second, delegation("b1", "b2"));

    word.ended(first);

    assertThat(published()).containsExactly("b1", "b2");
  }

  @Test
  void theLastStatementStandsUntilTheNextOneComes() {
    word.delegation(first, delegation("b1", "gone"));
    word.ended(first);
    assertThat(published).as("nothing new is published").hasSize(1);

    word.delegation(second, delegation("b1", "b2"));

    assertThat(published()).containsExactly("b1", "b2");
  }

  @Test
  void aZonesStatementsSayNothingOfAnotherZone() {
    word.delegation(first, delegation("b1"));
    word.delegation(second, delegation("shop.foobar.test", Duration.ofDays(1), "b2"));

    assertThat(published.getLast().origin()).isEqualTo(DomainName.of("shop.foobar.test"));
    assertThat(published()).containsExactly("b2");
  }

  @Test
  void givesANameServerEveryAddressThatAnyNodeGivesItAndTheShortestTtl() {
    word.delegation(first, delegation("lb.foobar.test", Duration.ofDays(1), "b2=192.0.2.2"));
    word.delegation(second, delegation("lb.foobar.test", Duration.ofHours(1), "b2=192.0.2.9"));

    assertThat(published.getLast().nameServers())
        .singleElement()
        .satisfies(server ->
            assertThat(server.addresses())
                .containsExactly(
                    InetAddress.ofLiteral("192.0.2.2"), InetAddress.ofLiteral("192.0.2.9")));
    assertThat(published.getLast().ttl()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void keepsWithinWhatADelegationMayHold() {
    word.delegation(first, delegation(names(0, 12)));
    word.delegation(second, delegation(names(8, 20)));

    assertThat(published()).hasSize(ZoneDelegation.MAX_NAME_SERVERS);
  }

  @Test
  void learnsTheNodesThatAnyOfThemNames() {
    word.nodes(first, nodes("b1", "b2"));
    word.nodes(second, nodes("b2"));
    assertThat(learned()).containsExactly("b1", "b2");

    word.ended(first);
    assertThat(learned()).as("nobody who is connected names b1").containsExactly("b2");
    word.ended(second);
    assertThat(learned()).as("the last word stands").containsExactly("b2");
  }

  private List<String> published() {
    return published.getLast().nameServers().stream()
        .map(server -> server.name().labels().getFirst())
        .toList();
  }

  private List<String> learned() {
    return learned.getLast().stream().map(NodeEndpoints::id).toList();
  }

  private static String[] names(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "b" + i).toArray(String[]::new);
  }

  private static ZoneDelegation delegation(String... servers) {
    return delegation("lb.foobar.test", Duration.ofDays(1), servers);
  }

  private static ZoneDelegation delegation(String origin, Duration ttl, String... servers) {
    return new ZoneDelegation(
        DomainName.of(origin),
        Stream.of(servers).map(BackboneWordTest::nameServer).toList(),
        ttl,
        List.of());
  }

  private static ZoneDelegation.NameServer nameServer(String text) {
    String[] parts = text.split("=", 2);
    String address = parts.length > 1 ? parts[1] : "192.0.2.1";
    return new ZoneDelegation.NameServer(
        DomainName.of(parts[0] + ".dglb.test"), List.of(InetAddress.ofLiteral(address)));
  }

  private static List<NodeEndpoints> nodes(String... ids) {
    return Stream.of(ids)
        .map(id ->
            new NodeEndpoints(id, List.of(Endpoint.parse("192.0.2.1:8853")), Optional.empty()))
        .toList();
  }
}
