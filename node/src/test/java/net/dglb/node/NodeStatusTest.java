package net.dglb.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.dglb.identity.NodeRole;
import net.dglb.net.DomainName;
import org.junit.jupiter.api.Test;

class NodeStatusTest {

  @Test
  void becomesATreeInTheOrderOfItsParts() {
    NodeStatus status =
        NodeStatus.of(NodeRole.BACKBONE, "b-1", false)
            .with("zones", List.of(DomainName.of("a.test")))
            .with("since", Instant.EPOCH)
            .with("map", Map.of("entries", 3))
            .with("zones", List.of(DomainName.of("b.test")));
    assertThat(status.toJson().encode())
        .isEqualTo(
            "{\"role\":\"backbone\",\"id\":\"b-1\",\"ready\":false,\"zones\":[\"b.test\"],"
                + "\"since\":\"1970-01-01T00:00:00Z\",\"map\":{\"entries\":3}}");
  }
}
