package net.dglb.dns.serve;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.dglb.dns.slow.SlowRequests;
import net.dglb.dns.slow.TransferSource;
import net.dglb.dns.slow.UpdateAnswer;
import net.dglb.dns.transfer.TransferZone;
import net.dglb.dns.transfer.ZoneSnapshot;
import net.dglb.dns.tsig.KeyFiles;
import net.dglb.dns.tsig.SignedRequest;
import net.dglb.dns.wire.MessageLimits;
import net.dglb.dns.wire.Transport;
import net.dglb.identity.TsigAlgorithm;
import net.dglb.identity.TsigKey;
import net.dglb.net.DomainName;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/**
 * What a fuzzer calls: the first octet chooses the transport and whether the rest, a message, is
 * signed. Zone transfers, updates and signed messages are answered once each, with what can be
 * read; an unsigned one gets no zone. Run by {@code fuzz.sh transfer}.
 */
public final class TransferFuzz {

  private static final int MESSAGE_MAX = 60_000;
  private static final int HEADER_OCTETS = 12;
  private static final int STREAM = 1;
  private static final int SIGNED = 2;
  private static final long PATIENCE_SECONDS = 20;

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final DomainName APEX = DomainName.of("example.test");
  private static final TsigKey KEY =
      new TsigKey(
          DomainName.of("key.test"), TsigAlgorithm.HMAC_SHA256, new byte[TsigKey.MIN_OCTETS]);

  /** Serials 1 to 3. */
  private static final TransferZone ZONE =
      TransferZone.of(snapshot(1, "a A 192.0.2.1\n"))
          .next(snapshot(2, "a A 192.0.2.2\nb A 192.0.2.3\n"))
          .next(snapshot(3, "b A 192.0.2.3\n"));

  private static final TransferSource ZONES =
      new TransferSource() {
        @Override
        public Optional<TransferZone> find(DomainName apex) {
          return apex.equals(APEX) ? Optional.of(ZONE) : Optional.empty();
        }

        @Override
        public boolean allows(DomainName apex, Optional<TsigKey> key, InetAddress source) {
          return key.isPresent();
        }
      };

  private static final Parts PARTS = new Parts(Asked.zone("example.test", text(3, "")));
  private static final QueryProcessor PROCESSOR =
      new QueryProcessor(
          PARTS
              .slowPath(
                  new SlowRequests(
                      new KeyFiles(List.of(), Map.of(KEY.name(), KEY)),
                      ZONES,
                      (_, _, answer) -> answer.accept(UpdateAnswer.of(Rcode.REFUSED)),
                      () -> NOW,
                      System::nanoTime))
              .shared(),
          new WorkerCounters());
  private static final ByteBuffer PACKET = ByteBuffer.allocate(MessageLimits.MESSAGE_MAX);

  /** What one message was answered with. */
  private static final class Told implements SlowPath.Replies {

    private final List<byte[]> messages = new ArrayList<>();
    private final AtomicInteger ends = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public synchronized void send(byte[] message) {
      messages.add(message);
    }

    @Override
    public void end(byte[] last) {
      if (last.length > 0) {
        send(last);
      }
      ends.incrementAndGet();
      ended.countDown();
    }

    synchronized List<byte[]> all() throws InterruptedException {
      require(ended.getCount() == 0, "no end");
      require(ends.get() == 1, "ended more than once");
      return messages;
    }
  }

  private TransferFuzz() {}

  private static String text(int serial, String records) {
    return "@ 60 SOA ns admin %d 1 1 1 60\n@ 60 NS ns\n%s".formatted(serial, records);
  }

  private static ZoneSnapshot snapshot(int serial, String records) {
    return ZoneSnapshot.of(Asked.records(APEX.toString(), text(serial, records)));
  }

  /** Answers one message and checks what was told. */
  public static void fuzzerTestOneInput(byte[] input) throws InterruptedException {
    if (input.length < 1 + HEADER_OCTETS || input.length > MESSAGE_MAX) {
      return;
    }
    boolean signed = (input[0] & SIGNED) != 0;
    Transport transport = (input[0] & STREAM) != 0 ? Transport.TCP : Transport.UDP;
    byte[] message = Arrays.copyOfRange(input, 1, input.length);
    if (signed) {
      message = SignedRequest.of(message, KEY, NOW).octets();
    }
    PACKET.put(0, message);
    PROCESSOR.tick();
    PROCESSOR.source().set(Asked.SOURCE);
    if (PROCESSOR.process(PACKET, message.length, transport) != QueryProcessor.BEYOND_QUERIES) {
      return;
    }
    Told told = new Told();
    require(PROCESSOR.handOn(PACKET, message.length, told) == 0, "no room");
    require(told.ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS), "no answer");
    check(message, told.all(), transport, signed);
  }

  private static void check(
      byte[] asked, List<byte[]> answers, Transport transport, boolean signed) {
    require(!answers.isEmpty(), "silence");
    require(transport.isStream() || answers.size() == 1, "several answers over UDP");
    for (byte[] octets : answers) {
      Message answer = parsed(octets);
      require(octets[0] == asked[0] && octets[1] == asked[1], "another id");
      require((octets[2] & 0x80) != 0, "QR is not set");
      require(answer.getRcode() != Rcode.SERVFAIL, "an exception while answering");
      require(
          signed || answer.getSection(Section.ANSWER).isEmpty() || isSigned(asked),
          "a zone for who did not sign");
    }
  }

  private static boolean isSigned(byte[] asked) {
    return parsed(asked).getTSIG() != null;
  }

  private static Message parsed(byte[] octets) {
    try {
      return new Message(octets);
    } catch (IOException e) {
      throw new AssertionError("it cannot be read", e);
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
