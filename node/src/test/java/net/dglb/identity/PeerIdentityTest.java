package net.dglb.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerIdentityTest {

  @Test
  void readsWhatItWrites() {
    for (NodeRole role : NodeRole.values()) {
      PeerIdentity identity = new PeerIdentity(role, "x-1");
      assertThat(PeerIdentity.parse(identity.toString())).contains(identity);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "lb/lb-1",
        "http://lb/lb-1",
        "dglb://router/lb-1",
        "dglb://lb",
        "dglb://lb/",
        "dglb://lb/LB-1",
        "dglb://lb/a/b",
        "dglb://lb/ns",
        "dglb://lb:1/lb-1",
        "dglb://user@lb/lb-1",
        "dglb://lb/lb-1?x=1",
        "dglb://lb/lb-1#x",
        "dglb://lb/lb%2d1",
        "::::"
      })
  void readsNothingFromAnotherText(String text) {
    assertThat(PeerIdentity.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-a",
        "a-",
        "A",
        "a.b",
        "ns",
        "_dglb",
        "a_b",
        "12345678901234567890123456789012345678901"
      })
  void refusesAnIdThatIsNoLabel(String id) {
    assertThatThrownBy(() -> NodeId.check(id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("id: \"" + id + "\" (expected: 1 to 40 lower-case letters");
  }
}
