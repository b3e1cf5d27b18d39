package net.dglb.dns.slow;

import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import net.dglb.dns.serve.SlowPath;
import net.dglb.dns.transfer.TransferAnswer;
import net.dglb.dns.transfer.TransferZone;
import net.dglb.dns.tsig.AnswerSigner;
import net.dglb.dns.tsig.ReceivedMessage;
import net.dglb.dns.tsig.TsigError;
import net.dglb.dns.tsig.TsigKeys;
import net.dglb.dns.wire.ExtendedError;
import net.dglb.dns.wire.Transport;
import net.dglb.dns.zone.Names;
import net.dglb.net.AddressLiteral;
import net.dglb.net.DomainName;
import net.dglb.node.SeldomLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Checks signatures and does what the messages ask for. One thread looks at all of them, in a queue
 * that is bounded, so that a flood costs no more than that; zone transfers, which wait for their
 * receivers, have threads of their own, a bounded number of them.
 */
public final class SlowRequests implements SlowPath, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SlowRequests.class);
  private static final int QUEUE = 256;
  private static final int TRANSFERS_AT_ONCE = 16;

  private static final ExtendedErrorCodeOption NOT_AUTHORITATIVE =
      new ExtendedErrorCodeOption(ExtendedError.NOT_AUTHORITATIVE);
  private static final ExtendedErrorCodeOption PROHIBITED =
      new ExtendedErrorCodeOption(ExtendedError.PROHIBITED);
  private static final ExtendedErrorCodeOption OLD_TLS =
      new ExtendedErrorCodeOption(ExtendedError.PROHIBITED, "zones need TLS 1.3");
  private static final ExtendedErrorCodeOption BUSY =
      new ExtendedErrorCodeOption(ExtendedError.OTHER_ERROR, "too many transfers at once");

  private final TsigKeys keys;
  private final TransferSource zones;
  private final UpdateSink updates;
  private final InstantSource clock;
  private final SeldomLine refused;
  private final SeldomLine failed;
  private final SlowCounters counters = new SlowCounters();
  private final Semaphore transfers = new Semaphore(TRANSFERS_AT_ONCE);
  private final ThreadPoolExecutor thread;

  /**
   * Starts the thread.
   *
   * @param keys who is believed
   * @param zones what may be transferred
   * @param updates takes updates
   * @param nanoTime a clock that only goes forward
   */
  public SlowRequests(
      TsigKeys keys,
      TransferSource zones,
      UpdateSink updates,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.keys = keys;
    this.zones = zones;
    this.updates = updates;
    this.clock = clock;
    this.refused = new SeldomLine(nanoTime);
    this.failed = new SeldomLine(nanoTime);
    thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            Thread.ofPlatform().daemon().name("dns-slow").factory());
  }

  /** What it has done. */
  public SlowCounters counters() {
    return counters;
  }

  @Override
  public boolean take(Request request) {
    try {
      thread.execute(() -> look(request));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private void look(Request request) {
    try {
      ReceivedMessage received = ReceivedMessage.of(request.octets(), keys, clock.instant());
      AnswerSigner signer = received.signer(clock);
      if (received.error() != TsigError.NONE) {
        counters.badSignatures.increment();
        answer(request, signer, BareReply.of(received.message(), request.opt(), Rcode.NOTAUTH));
      } else {
        serve(request, received, signer);
      }
    } catch (IOException e) {
      request.replies().end(BareReply.unreadable(request.octets(), Rcode.FORMERR));
    } catch (RuntimeException e) {
      failed.tell(more ->
          LOG.error(
              "a message from {} could not be answered{}",
              AddressLiteral.text(request.source()),
              more,
              e));
      request.replies().end(BareReply.unreadable(request.octets(), Rcode.SERVFAIL));
    }
  }

  private void serve(Request request, ReceivedMessage received, AnswerSigner signer) {
    Message message = received.message();
    Record question = message.getQuestion();
    if (message.getHeader().getOpcode() == Opcode.UPDATE) {
      update(request, received, signer);
    } else if (question != null
        && (question.getType() == Type.AXFR || question.getType() == Type.IXFR)) {
      transfer(request, received, signer, question);
    } else {
      answer(request, signer, SignedQuery.answer(request, received, signer));
    }
  }

  private void update(Request request, ReceivedMessage received, AnswerSigner signer) {
    updates.take(
        received,
        request.source(),
        made -> {
          boolean done = made.rcode() == Rcode.NOERROR;
          (done ? counters.updates : counters.updatesRefused).increment();
          var why = made.why().stream().toArray(ExtendedErrorCodeOption[]::new);
          answer(
              request, signer, BareReply.of(received.message(), request.opt(), made.rcode(), why));
        });
  }

  private void transfer(
      Request request, ReceivedMessage received, AnswerSigner signer, Record question) {
    Message message = received.message();
    boolean stream = request.transport() != Transport.UDP;
    boolean overStream = question.getType() == Type.AXFR; // RFC 5936 section 4.2
    if ((!stream && overStream) || !TransferAnswer.isComplete(message)) {
      answer(request, signer, BareReply.of(message, request.opt(), Rcode.FORMERR));
      return;
    }
    DomainName apex = apex(question);
    TransferZone zone = question.getDClass() == DClass.IN ? zones.find(apex).orElse(null) : null;
    if (zone == null) {
      answer(
          request, signer, BareReply.of(message, request.opt(), Rcode.NOTAUTH, NOT_AUTHORITATIVE));
    } else if (!zones.allows(apex, received.provenBy(), request.source())) {
      counters.transfersRefused.increment();
      String key = received.provenBy().map(it -> " with key " + it.name()).orElse(" without a key");
      refused.tell(more ->
          LOG.info(
              "{}: not transferred to {}, which no rule allows{}{}",
              apex,
              AddressLiteral.text(request.source()),
              key,
              more));
      answer(request, signer, BareReply.of(message, request.opt(), Rcode.REFUSED, PROHIBITED));
    } else if (!request.replies().carriesZones()) {
      counters.transfersRefused.increment();
      LOG.info(
          "{}: not transferred to {} over an old version of TLS (expected TLS 1.3)",
          apex,
          AddressLiteral.text(request.source()));
      answer(request, signer, BareReply.of(message, request.opt(), Rcode.REFUSED, OLD_TLS));
    } else if (!stream) {
      answer(request, signer, TransferAnswer.brief(message, request.opt(), zone).next());
    } else if (!transfers.tryAcquire()) {
      answer(request, signer, BareReply.of(message, request.opt(), Rcode.SERVFAIL, BUSY));
    } else {
      var _ =
          Thread.ofVirtual()
              .name("transfer")
              .start(() ->
                  tell(request, signer, apex, TransferAnswer.of(message, request.opt(), zone)));
    }
  }

  /** A name that none of our zones can have is no zone of ours. */
  private static DomainName apex(Record question) {
    try {
      return Names.of(question.getName());
    } catch (IllegalArgumentException e) {
      return DomainName.ROOT;
    }
  }

  private void tell(
      Request request, AnswerSigner signer, DomainName apex, TransferAnswer messages) {
    try {
      while (messages.hasNext()) {
        request.replies().send(signer.sign(messages.next()));
      }
      counters.told(messages.kind());
      LOG.info(
          "{}: transferred to {} ({})",
          apex,
          AddressLiteral.text(request.source()),
          messages.kind());
    } catch (IOException e) {
      counters.transfersBroken.increment();
      LOG.info(
          "{}: transfer to {} ended early: {}",
          apex,
          AddressLiteral.text(request.source()),
          e.getMessage());
    } finally {
      transfers.release();
      request.replies().end(new byte[0]);
    }
  }

  private static void answer(Request request, AnswerSigner signer, byte[] message) {
    request.replies().end(message.length == 0 ? message : signer.sign(message));
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
