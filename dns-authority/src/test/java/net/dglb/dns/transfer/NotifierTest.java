package net.dglb.dns.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import net.dglb.dns.serve.Asked;
import net.dglb.dns.tsig.KeyFiles;
import net.dglb.dns.tsig.ReceivedMessage;
import net.dglb.identity.TsigAlgorithm;
import net.dglb.identity.TsigKey;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

class NotifierTest {

  private static final DomainName APEX = DomainName.of("foobar.test");
  private static final Endpoint TO = Endpoint.parse("192.0.2.53:53");

  private final VirtualTimeline timeline =
      new VirtualTimeline(Instant.parse("2026-01-01T00:00:00Z"));
  private final TsigKey key =
      TsigKey.random(DomainName.of("k.foobar.test"), TsigAlgorithm.HMAC_SHA256);
  private final KeyFiles keys = new KeyFiles(List.of(), Map.of(key.name(), key));
  private final List<byte[]> sent = new ArrayList<>();
  private UnaryOperator<byte[]> secondary = _ -> new byte[0];
  private final Notifier notifier = new Notifier(keys, this::exchange, new Random(1996), timeline);

  private void exchange(Endpoint to, byte[] message, Consumer<byte[]> answer) {
    assertThat(to).isEqualTo(TO);
    sent.add(message);
    answer.accept(secondary.apply(message));
  }

  @Test
  void tellsTheNewSerialUntilTheSecondaryAnswers() {
    tell(5, Optional.empty());
    timeline.advance(Duration.ofSeconds(3));
    assertThat(sent).as("unanswered, and 2 s later again").hasSize(2);
    assertThat(state()).isEqualTo("serial 5 not acknowledged: no answer");

    secondary = this::acknowledge;
    timeline.advance(Duration.ofMinutes(10));

    assertThat(sent).hasSize(3);
    assertThat(state()).isEqualTo("serial 5 acknowledged");
    Message told = parsed(sent.getLast());
    assertThat(told.getHeader().getOpcode()).isEqualTo(Opcode.NOTIFY);
    assertThat(told.getHeader().getFlag(Flags.AA)).isTrue();
    assertThat(((SOARecord) told.getSection(Section.ANSWER).getFirst()).getSerial()).isEqualTo(5);
  }

  @Test
  void givesUpAfterSomeMinutes() {
    tell(5, Optional.empty());
    timeline.advance(Duration.ofHours(1));
    assertThat(sent).hasSize(8);
  }

  @Test
  void tellsOnlyTheNewestSerial() {
    tell(5, Optional.empty());
    tell(6, Optional.empty());
    timeline.advance(Duration.ofSeconds(3));
    assertThat(sent).hasSize(3);
    assertThat(state()).startsWith("serial 6");
  }

  @Test
  void signsAndBelievesOnlyWhoSignsTheAnswer() {
    secondary = this::acknowledge;
    tell(5, Optional.of(key.name()));
    assertThat(state()).isEqualTo("serial 5 not acknowledged: answered without the key");

    secondary = message -> received(message).signer(timeline::now).sign(acknowledge(message));
    timeline.advance(Duration.ofSeconds(2));
    assertThat(state()).isEqualTo("serial 5 acknowledged");
    assertThat(received(sent.getFirst()).provenBy()).contains(key);
  }

  @Test
  void saysWhatTheSecondaryAnsweredInstead() {
    secondary =
        message -> {
          Message refusal = parsed(acknowledge(message));
          refusal.getHeader().setRcode(Rcode.NOTAUTH);
          return refusal.toWire();
        };
    tell(5, Optional.empty());
    assertThat(state()).isEqualTo("serial 5 not acknowledged: answered NOTAUTH");
    secondary = _ -> new byte[] {1, 2, 3};
    timeline.advance(Duration.ofSeconds(2));
    assertThat(state()).isEqualTo("serial 5 not acknowledged: an answer that cannot be read");
    secondary = _ -> new Message(1).toWire();
    timeline.advance(Duration.ofSeconds(4));
    assertThat(state()).isEqualTo("serial 5 not acknowledged: an answer to something else");
  }

  private void tell(long serial, Optional<DomainName> with) {
    SOARecord soa =
        (SOARecord)
            Asked.records("foobar.test", "@ 60 SOA ns hostmaster " + serial + " 1 1 1 1")
                .getFirst();
    notifier.tell(APEX, soa, List.of(new NotifyTarget(TO, with)));
    timeline.advance(Duration.ZERO);
  }

  private String state() {
    return notifier.states().values().iterator().next();
  }

  private byte[] acknowledge(byte[] message) {
    Message asked = parsed(message);
    Message answer = new Message(asked.getHeader().getID());
    answer.getHeader().setOpcode(Opcode.NOTIFY);
    answer.getHeader().setFlag(Flags.QR);
    answer.addRecord(asked.getQuestion(), Section.QUESTION);
    return answer.toWire();
  }

  private ReceivedMessage received(byte[] message) {
    try {
      return ReceivedMessage.of(message, keys, timeline.now());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Message parsed(byte[] message) {
    try {
      return new Message(message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
