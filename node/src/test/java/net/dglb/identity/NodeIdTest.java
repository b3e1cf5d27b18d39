package net.dglb.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeIdTest {

  @ParameterizedTest
  @ValueSource(strings = {"b", "7", "lb-nyc-1", "a--b", "a23456789-123456789-123456789-123456789z"})
  void takesOneLabel(String id) {
    assertThat(NodeId.check(id)).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "-a",
        "a-",
        "A",
        "a.b",
        "a_b",
        "ä",
        "a b",
        "ns",
        "_dglb",
        "a23456789-123456789-123456789-123456789-1"
      })
  void takesNothingElse(String id) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NodeId.check(id))
        .withMessageContaining(id);
  }
}
