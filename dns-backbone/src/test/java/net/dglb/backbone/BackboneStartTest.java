package net.dglb.backbone;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that cannot listen says with which key, where and why, in one sentence. */
class BackboneStartTest extends LoopbackBackbone {

  BackboneStartTest(@TempDir Path folder) {
    super(folder);
  }

  @Test
  void aClusterAddressThatThisMachineDoesNotHaveIsRefused() {
    assertThatThrownBy(() -> start("cluster { enabled = true, name = x, address = 192.0.2.1 }\n"))
        .hasMessage(
            "cluster.address: cannot listen on 192.0.2.1:5701 over TCP: no interface of this"
                + " machine has the address (add it, or listen elsewhere)");
  }

  @Test
  void aTakenPortOfTheMappingProtocolIsNamedWithItsKey() throws Exception {
    try (ServerSocket taken = new ServerSocket(mapping.port(), 1, mapping.address())) {
      assertThatThrownBy(() -> start(""))
          .as("with %s", taken)
          .hasMessageStartingWith("mapping.listen: cannot listen on " + mapping + " over TCP: ")
          .hasMessageContaining("address already in use")
          .hasMessageNotContaining("Exception");
    }
  }

  @Test
  void aLabelAddressThatThisMachineDoesNotHaveIsNamedWithItsKey() {
    assertThatThrownBy(() -> start("dns.label-listen = [\"192.0.2.1:5300\"]\n"))
        .hasMessageStartingWith("dns.label-listen: cannot listen on 192.0.2.1:5300 over UDP: no");
  }
}
