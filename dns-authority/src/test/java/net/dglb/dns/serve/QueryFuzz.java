package net.dglb.dns.serve;

import java.util.Arrays;
import java.util.List;
import net.dglb.dns.wire.Transport;
import net.dglb.dns.zone.AddressSets;
import net.dglb.dns.zone.AddressZone;
import net.dglb.dns.zone.SoaSettings;
import net.dglb.dns.zone.Zone;
import net.dglb.net.DomainName;

/**
 * What a fuzzer calls: the first octet chooses the transport, the rest is the message. Run by
 * {@code fuzz.sh query}; {@link CorpusTest} replays what was kept.
 */
public final class QueryFuzz {

  private static final Transport[] TRANSPORTS = Transport.values();
  private static final DomainName LABEL = DomainName.of("lb.www.example.test");

  private static final InProcessServer SERVER =
      new Parts(zones()).identity(new ServerIdentity("node", "version")).server();

  private QueryFuzz() {}

  private static Zone[] zones() {
    return new Zone[] {
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
          big 60 A 192.0.2.1
          """
              + "big 60 TXT \"%s\" \"%s\"\n".formatted("x".repeat(255), "y".repeat(255))),
      new AddressZone(
          LABEL,
          new SoaSettings(LABEL, LABEL, 1, 1, 1, 1, 1, 1),
          List.of(LABEL.child("ns")),
          60,
          AddressSets.of(60, List.of(Asked.SOURCE)))
    };
  }

  /** Answers one message and checks the answer. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    Transport transport = TRANSPORTS[(input[0] & 0xff) % TRANSPORTS.length];
    byte[] query = Arrays.copyOfRange(input, 1, input.length);
    if (query.length > 0xffff) {
      return;
    }
    AnswerCheck.check(query, SERVER.ask(query, Asked.SOURCE, transport), transport);
    if (SERVER.counters().failures() > 0) {
      throw new AssertionError("an exception while answering");
    }
  }
}
