package net.dglb.dns.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.dglb.dns.wire.Transport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

/** Whatever is sent: nothing fails, and what is answered is a message that fits. */
class HostileInputTest {

  private static final int ROUNDS = 60_000;

  private static final Transport[] TRANSPORTS = Transport.values();

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

  private static final List<EDNSOption> OPTIONS =
      List.of(
          new ClientSubnetOption(24, InetAddress.ofLiteral("192.0.2.0")),
          new GenericEDNSOption(10, new byte[8]),
          new GenericEDNSOption(10, new byte[24]),
          new GenericEDNSOption(11, new byte[0]),
          new GenericEDNSOption(12, new byte[50]),
          new GenericEDNSOption(3, new byte[0]));

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
      Transport transport = TRANSPORTS[random.nextInt(TRANSPORTS.length)];
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
      List<EDNSOption> options = new ArrayList<>();
      for (EDNSOption option : OPTIONS) {
        if (random.nextInt(3) == 0) {
          options.add(option);
        }
      }
      query.addRecord(new OPTRecord(random.nextInt(5000), 0, 0, 0, options), Section.ADDITIONAL);
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

  private static void check(byte[] query, byte[] answer, Transport transport, String what) {
    assertThatCode(() -> AnswerCheck.check(query, answer, transport))
        .as(what)
        .doesNotThrowAnyException();
  }
}
