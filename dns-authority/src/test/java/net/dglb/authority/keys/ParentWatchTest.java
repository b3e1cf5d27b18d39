package net.dglb.authority.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import net.dglb.dns.serve.Asked;
import net.dglb.dns.sign.SigningKey;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class ParentWatchTest {

  private static final DomainName ZONE = DomainName.of("example.test");
  private static final Endpoint ONE = Endpoint.parse("192.0.2.1:53");
  private static final Endpoint TWO = Endpoint.parse("192.0.2.2:53");

  @TempDir private Path folder;

  private final VirtualTimeline timeline =
      new VirtualTimeline(Instant.parse("2026-01-01T00:00:00Z"));
  private final Map<Endpoint, Message> answers = new HashMap<>();
  private int changes;
  private ZoneSigning signing;

  @BeforeEach
  void announceAKey() {
    signing = new ZoneSigning(folder.resolve("keys"), new MemoryKept(), timeline, new Random(1));
    DnssecSettings all = DnssecSettings.DEFAULT;
    DnssecSettings settings =
        new DnssecSettings(
            all.algorithm(),
            all.lifetime(),
            all.renewBefore(),
            all.keyTtl(),
            all.keyLifetime(),
            all.parentTtl(),
            all.propagation(),
            List.of(ONE, TWO));
    signing.use(Map.of(ZONE, Optional.of(settings)));
    signing.sign(
        ZONE,
        Asked.records("example.test", "@ 60 SOA ns admin 1 1 1 1 60\n@ 60 NS ns\n"),
        List.of(),
        records -> records);
    timeline.advance(Duration.ofDays(1));
    signing.step();
    assertThat(state()).isEqualTo("announced");
    new ParentWatch(signing, timeline, server -> query -> reply(server, query), () -> changes++)
        .start();
  }

  private CompletableFuture<Message> reply(Endpoint server, Message query) {
    assertThat(query.getQuestion().getType()).isEqualTo(Type.DS);
    Message answer = answers.get(server);
    return answer == null
        ? CompletableFuture.failedFuture(new IOException("no route"))
        : CompletableFuture.completedFuture(answer);
  }

  private String state() {
    return zone().chain().keys().getLast().state().word();
  }

  private SignedZone zone() {
    return signing.zone(ZONE).orElseThrow();
  }

  private static Message answer(int rcode, byte[]... ds) {
    Message message = new Message();
    message.getHeader().setFlag(Flags.AA);
    message.getHeader().setRcode(rcode);
    for (byte[] data : ds) {
      message.addRecord(
          Record.newRecord(Name.fromConstantString("example.test."), Type.DS, DClass.IN, 60, data),
          Section.ANSWER);
    }
    return message;
  }

  private void look() {
    timeline.advance(Duration.ofMinutes(5));
  }

  @Test
  void aKeyIsInUseOnceEveryServerOfTheParentHasItsRecord() {
    byte[] ds = zone().chain().announced().orElseThrow().ds(ZONE);
    answers.put(ONE, answer(Rcode.NOERROR, ds));
    look();
    assertThat(state()).as("one server does not answer").isEqualTo("announced");
    answers.put(TWO, answer(Rcode.NOERROR));
    look();
    assertThat(state()).as("one server has no record yet").isEqualTo("announced");
    answers.put(TWO, answer(Rcode.REFUSED));
    look();
    assertThat(state()).as("one server refuses").isEqualTo("announced");
    answers.put(TWO, answer(Rcode.NOERROR, ds));
    look();
    assertThat(state()).isEqualTo("active");
    assertThat(changes).isEqualTo(1);
  }

  @Test
  void aRecordOfAnotherKeyOrWithAnotherDigestDoesNotCount() {
    byte[] other = SigningKey.generate(zone().settings().algorithm(), 257).ds(ZONE);
    byte[] forged = zone().chain().announced().orElseThrow().ds(ZONE);
    forged[20] ^= 1;
    answers.put(ONE, answer(Rcode.NOERROR, other, forged));
    answers.put(TWO, answer(Rcode.NOERROR, other, forged));
    look();
    assertThat(state()).isEqualTo("announced");
    assertThat(changes).isZero();
  }
}
