package net.dglb.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On addresses of its own, so that nobody else takes their ports meanwhile. */
class FreePortTest {

  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.77.2");
  private static final InetAddress THERE = InetAddress.ofLiteral("127.0.77.3");
  private static final int LATER = 15_353;

  private int wanted;

  @BeforeEach
  void findAFreePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, HERE)) {
      wanted = free.getLocalPort();
    }
  }

  @Test
  void isTheFirstWishIfItCanBeHadEverywhere() throws IOException {
    assertThat(FreePort.firstFree(List.of(HERE, THERE), wanted, LATER)).isEqualTo(wanted);
  }

  @Test
  void isTheNextWishWhereTheFirstIsTakenOverTcp() throws IOException {
    try (ServerSocket taken = new ServerSocket(wanted, 1, THERE)) {
      assertThat(taken.isBound()).isTrue();
      assertThat(FreePort.firstFree(List.of(HERE, THERE), wanted, LATER)).isEqualTo(LATER);
    }
  }

  @Test
  void isTheNextWishWhereTheFirstIsTakenOverUdp() throws IOException {
    try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(THERE, wanted))) {
      assertThat(taken.isBound()).isTrue();
      assertThat(FreePort.firstFree(List.of(HERE, THERE), wanted, LATER)).isEqualTo(LATER);
    }
  }

  @Test
  void saysWhatCannotBeHadIfNoWishCanBe() throws IOException {
    try (ServerSocket taken = new ServerSocket(wanted, 1, THERE)) {
      assertThat(taken.isBound()).isTrue();
      assertThatThrownBy(() -> FreePort.firstFree(List.of(HERE, THERE), wanted))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("127.0.77.3 port " + wanted + " cannot be used")
          .hasMessageContaining("does another lab run?");
    }
  }
}
