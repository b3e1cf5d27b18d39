package net.dglb.backbone.registry.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import net.dglb.net.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconnectingTest {

  /** By itself gRPC would begin its sixth attempt after 10 s at the earliest. */
  private static final int ATTEMPTS = 7;

  private static final Duration WITHIN = Duration.ofSeconds(10);

  @Test
  void aNodeThatNeedsAVoteAsksForItEverySecondHoweverLongNobodyWasThere(@TempDir Path folder)
      throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    SortedMap<String, Endpoint> voters = LogNodes.voters("b1", "b2");
    Endpoint absent = LogNodes.of(voters, "b2");
    InetAddress address = absent.address();
    try (ServerSocket nobody = new ServerSocket(absent.port(), 50, address);
        LogNodes nodes = new LogNodes(folder)) {
      Thread.ofVirtual().start(() -> hangUp(nobody, attempts));

      RatisLog log = nodes.member("b1", "b1", voters);

      await().atMost(WITHIN).until(() -> attempts.get() >= ATTEMPTS);
      assertThat(log.status().leader()).isEmpty();
    }
  }

  private static void hangUp(ServerSocket socket, AtomicInteger attempts) {
    try {
      while (true) {
        socket.accept().close();
        attempts.incrementAndGet();
      }
    } catch (IOException e) {
      // The test is over.
    }
  }
}
