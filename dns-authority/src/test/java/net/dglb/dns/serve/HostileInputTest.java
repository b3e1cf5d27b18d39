package net.dglb.dns.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.dglb.dns.wire.MessageLimits;
import net.dglb.dns.wire.Transport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

/** Whatever is sent: nothing fails, and what is answered is a message that fits. */
class HostileInputTest {

  private static final int ROUNDS = 60_000;

  private static final String[] NAMES = {
    "www.example.test",
    "a.b.c.example.test",
    "x.wild.example.test",
    "sub.example.test",
    "q.sub.example.test",
    "alias.example.test",
    "big.example.test",
    "example.org",
    "."
  };
  private static final String[] TYPES = {"A", "AAAA", "NS", "SOA", "ANY", "DS", "TYPE65535"};

  private final Asked asked =
      new Asked(
          Asked.zone(
              "example.test",
              """
              @ 60 SOA ns admin 1 1 1 1 60
              @ 60 NS ns
              www 60 A 192.0.2.1
              *.wild 60 A 192.0.2.1
              alias 60 CNAME big
              sub 60 NS ns.sub
              ns.sub 60 A 192.0.2.1
              """
                  + "big 60 TXT \"%s\"\n".formatted("x".repeat(255))
                  + "big 60 TXT \"%s\"\n".formatted("y".repeat(255))
                  + "big 60 A 192.0.2.1\n"));

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void answersMutatedQueriesWithMessagesThatFit(long seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] query = mutate(random, randomQuery(random));
      Transport transport = random.nextBoolean() ? Transport.UDP : Transport.TCP;
      check(query, asked.askRaw(query, transport), transport, "seed " + seed + ", round " + i);
    }
    assertThat(asked.counters().failures()).as("exceptions, seed %d", seed).isZero();
    assertThat(asked.counters().answersByRcode().get("NOERROR")).isGreaterThan(ROUNDS / 10);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void survivesRandomOctets(long seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] query = new byte[random.nextInt(120)];
      random.nextBytes(query);
      if (query.length > 12) {
        query[2] &= 0x07;
        query[4] = 0;
        query[5] = 1;
        query[6] = 0;
        query[7] = 0;
      }
      String what = "seed " + seed + ", round " + i;
      check(query, asked.askRaw(query, Transport.UDP), Transport.UDP, what);
    }
    assertThat(asked.counters().failures()).as("exceptions, seed %d", seed).isZero();
  }

  private static byte[] randomQuery(Random random) {
    Message query =
        Asked.query(NAMES[random.nextInt(NAMES.length)], TYPES[random.nextInt(TYPES.length)]);
    if (random.nextBoolean()) {
      query.addRecord(
          new OPTRecord(
              random.nextInt(5000),
              0,
              0,
              0,
              List.of(new ClientSubnetOption(24, InetAddress.ofLiteral("192.0.2.0")))),
          Section.ADDITIONAL);
    }
    return query.toWire();
  }

  private static byte[] mutate(Random random, byte[] query) {
    byte[] mutated = query;
    for (int i = random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(mutated.length);
      switch (random.nextInt(4)) {
        case 0 -> mutated[at] = (byte) random.nextInt();
        case 1 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> mutated = Arrays.copyOf(mutated, Math.max(1, at));
        default -> mutated = Arrays.copyOf(mutated, mutated.length + random.nextInt(20));
      }
    }
    return mutated;
  }

  private static void check(byte[] query, byte[] answer, Transport transport, String what)
      throws IOException {
    if (answer.length == 0) {
      assertThat(query.length < 12 || query[2] < 0)
          .as("silence is for non-queries: %s", what)
          .isTrue();
      return;
    }
    Message parsed = new Message(answer);
    assertThat(Arrays.copyOf(answer, 2)).as("id: %s", what).isEqualTo(Arrays.copyOf(query, 2));
    assertThat(answer[2] & 0x80).as("QR: %s", what).isNotZero();
    if (answer[5] == 1) {
      int end = 12 + parsed.getQuestion().getName().length() + 4;
      assertThat(Arrays.copyOfRange(answer, 12, end))
          .as("question: %s", what)
          .isEqualTo(Arrays.copyOfRange(query, 12, end));
    }
    if (transport == Transport.UDP) {
      int limit =
          parsed.getOPT() == null ? MessageLimits.UDP_PAYLOAD_MIN : MessageLimits.UDP_PAYLOAD_MAX;
      assertThat(answer.length).as("size: %s", what).isLessThanOrEqualTo(limit);
    }
  }
}
