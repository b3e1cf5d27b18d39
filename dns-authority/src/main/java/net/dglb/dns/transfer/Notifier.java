package net.dglb.dns.transfer;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import net.dglb.dns.tsig.ReceivedMessage;
import net.dglb.dns.tsig.SignedRequest;
import net.dglb.dns.tsig.TsigKeys;
import net.dglb.dns.zone.Names;
import net.dglb.identity.TsigKey;
import net.dglb.net.DomainName;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Tells secondaries that a zone has changed (RFC 1996), again and again until they answer, less and
 * less often, and no more once they have not answered for some minutes: they ask by themselves when
 * the SOA record's refresh time is over. Belongs to the control thread.
 */
public final class Notifier {

  private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final int ATTEMPTS = 8;
  private static final int IDS = 1 << 16;

  /** A zone and who is told of it. */
  private record Receiver(DomainName apex, NotifyTarget target) {
    String text() {
      return apex + " to " + target.to();
    }
  }

  private final TsigKeys keys;
  private final NotifyExchange exchange;
  private final RandomGenerator random;
  private final Timeline timeline;

  /** What each receiver was told last; its serial tells an old attempt from the newest. */
  private final Map<String, Long> latest = new TreeMap<>();

  private final Map<String, String> states = new TreeMap<>();

  /** Tells nobody yet. */
  public Notifier(
      TsigKeys keys, NotifyExchange exchange, RandomGenerator random, Timeline timeline) {
    this.keys = keys;
    this.exchange = exchange;
    this.random = random;
    this.timeline = timeline;
  }

  /** Tells all targets that a zone has this SOA record now. */
  public void tell(DomainName apex, SOARecord soa, Collection<NotifyTarget> targets) {
    for (NotifyTarget target : targets) {
      Receiver receiver = new Receiver(apex, target);
      latest.put(receiver.text(), soa.getSerial());
      attempt(receiver, soa, 1, FIRST_WAIT);
    }
  }

  /** Per zone and receiver how the last notification went. */
  public Map<String, String> states() {
    return states;
  }

  private void attempt(Receiver receiver, SOARecord soa, int number, Duration wait) {
    if (!Long.valueOf(soa.getSerial()).equals(latest.get(receiver.text()))) {
      return; // a newer serial is told by now
    }
    byte[] message = message(receiver.apex(), soa).toWire();
    Optional<TsigKey> key = receiver.target().key().flatMap(keys::find);
    Optional<SignedRequest> signed = key.map(it -> SignedRequest.of(message, it, timeline.now()));
    exchange.ask(
        receiver.target().to(),
        signed.map(SignedRequest::octets).orElse(message),
        answer ->
            timeline.execute(() -> {
              String problem = problem(message, signed, answer);
              if (problem.isEmpty()) {
                states.put(receiver.text(), "serial " + soa.getSerial() + " acknowledged");
                LOG.info("{}: serial {} acknowledged", receiver.text(), soa.getSerial());
              } else {
                again(receiver, soa, number, wait, problem);
              }
            }));
  }

  private void again(Receiver receiver, SOARecord soa, int number, Duration wait, String problem) {
    states.put(receiver.text(), "serial " + soa.getSerial() + " not acknowledged: " + problem);
    if (number == ATTEMPTS) {
      LOG.warn(
          "{}: serial {} was not acknowledged: {} (the secondary asks by itself after {} s)",
          receiver.text(),
          soa.getSerial(),
          problem,
          soa.getRefresh());
      return;
    }
    Duration twice = wait.multipliedBy(2);
    Duration next = twice.compareTo(LONGEST_WAIT) < 0 ? twice : LONGEST_WAIT;
    var _ = timeline.after(wait, () -> attempt(receiver, soa, number + 1, next));
  }

  private Message message(DomainName apex, SOARecord soa) {
    Message message = new Message(random.nextInt(IDS));
    message.getHeader().setOpcode(Opcode.NOTIFY);
    message.getHeader().setFlag(Flags.AA);
    message.addRecord(Record.newRecord(Names.of(apex), Type.SOA, DClass.IN), Section.QUESTION);
    message.addRecord(soa, Section.ANSWER);
    return message;
  }

  /** What is wrong with an answer; empty if it ends the matter. */
  private String problem(byte[] asked, Optional<SignedRequest> signed, byte[] answer) {
    if (answer.length == 0) {
      return "no answer";
    }
    try {
      ReceivedMessage received =
          signed.isPresent()
              ? ReceivedMessage.answer(answer, keys, timeline.now(), signed.get().signature())
              : ReceivedMessage.of(answer, keys, timeline.now());
      Message message = received.message();
      if (answer[0] != asked[0]
          || answer[1] != asked[1]
          || !message.getHeader().getFlag(Flags.QR)
          || message.getHeader().getOpcode() != Opcode.NOTIFY) {
        return "an answer to something else";
      }
      if (message.getRcode() != Rcode.NOERROR) {
        return "answered " + Rcode.string(message.getRcode());
      }
      return signed.isPresent() && received.provenBy().isEmpty() ? "answered without the key" : "";
    } catch (IOException e) {
      return "an answer that cannot be read";
    }
  }
}
