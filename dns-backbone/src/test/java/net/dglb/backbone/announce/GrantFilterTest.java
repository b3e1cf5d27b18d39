package net.dglb.backbone.announce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.dglb.backbone.Samples;
import net.dglb.net.Prefix;
import org.junit.jupiter.api.Test;

class GrantFilterTest {

  private static final List<String> BOTH = List.of("198.51.100.0/24", "203.0.113.0/24");

  private final StoredAnnouncement said =
      Samples.announcement("lb-nyc", List.of("198.18.1.1"), BOTH, Samples.NEW_YORK);

  @Test
  void leavesOutTheForbiddenPrefixesOnlyAndNamesThem() {
    GrantFilter filter = new GrantFilter(granted("198.51.100.0/22"));

    assertThat(filter.permitted(said).resolverPrefixes())
        .containsExactly(Prefix.parse("198.51.100.0/24"));
    assertThat(filter.permitted(said).addresses()).isEqualTo(said.addresses());
    assertThat(filter.leftOut("lb-nyc")).contains("resolver prefix 203.0.113.0/24");
  }

  @Test
  void whoIsGrantedNothingCountsAsWithdrawnAndComesBackWithTheGrant() {
    GrantFilter filter = new GrantFilter(Grants.NONE);
    assertThat(filter.permitted(said).withdrawn()).isTrue();
    assertThat(filter.leftOut("lb-nyc")).isEqualTo("load balancer lb-nyc was granted nothing here");

    filter.grants(granted("0.0.0.0/0"));

    assertThat(filter.permitted(said)).isEqualTo(said);
    assertThat(filter.leftOut("lb-nyc")).isEmpty();
  }

  @Test
  void aTombstoneStaysATombstone() {
    GrantFilter filter = new GrantFilter(granted("0.0.0.0/0"));

    assertThat(filter.permitted(said.asWithdrawn())).isEqualTo(said.asWithdrawn());
  }

  private static Grants granted(String resolvers) {
    return new Grants(
        Map.of("lb-nyc", new Grants.PrefixGrant(List.of(Prefix.parse(resolvers)), List.of())),
        Map.of());
  }
}
