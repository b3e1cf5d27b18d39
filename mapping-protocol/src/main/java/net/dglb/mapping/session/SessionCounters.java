package net.dglb.mapping.session;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import net.dglb.identity.HandshakeFailure;
import net.dglb.mapping.wire.ErrorCode;

/** What a server or client has done since it started. Reading is possible from any thread. */
public final class SessionCounters {

  private static final int CODES = 64;

  final LongAdder connections = new LongAdder();
  final LongAdder opened = new LongAdder();
  final LongAdder closed = new LongAdder();
  final LongAdder framesIn = new LongAdder();
  final LongAdder framesOut = new LongAdder();
  final LongAdder bytesIn = new LongAdder();
  final LongAdder bytesOut = new LongAdder();
  final LongAdder unknownFrames = new LongAdder();
  private final AtomicLongArray errorsOut = new AtomicLongArray(CODES);
  private final AtomicLongArray errorsIn = new AtomicLongArray(CODES);
  private final Map<HandshakeFailure, LongAdder> refusedHandshakes = new ConcurrentHashMap<>();

  SessionCounters() {}

  void refusedHandshake(HandshakeFailure why) {
    refusedHandshakes.computeIfAbsent(why, _ -> new LongAdder()).increment();
  }

  void errorOut(ErrorCode code) {
    errorsOut.incrementAndGet(index(code));
  }

  void errorIn(ErrorCode code) {
    errorsIn.incrementAndGet(index(code));
  }

  private static int index(ErrorCode code) {
    return code == ErrorCode.UNRECOGNIZED ? 0 : code.getNumber();
  }

  /** Connections accepted after the TLS handshake, or attempted; greeted or not. */
  public long connections() {
    return connections.sum();
  }

  /** Connections to a server that came to no TLS session for this reason. */
  public long refusedHandshakes(HandshakeFailure why) {
    LongAdder count = refusedHandshakes.get(why);
    return count == null ? 0 : count.sum();
  }

  /** Sessions that both sides greeted. */
  public long opened() {
    return opened.sum();
  }

  /** Sessions that ended. */
  public long closed() {
    return closed.sum();
  }

  /** Whole frames received. */
  public long framesIn() {
    return framesIn.sum();
  }

  /** Frames queued to be sent. */
  public long framesOut() {
    return framesOut.sum();
  }

  /** Bytes received inside TLS. */
  public long bytesIn() {
    return bytesIn.sum();
  }

  /** Bytes queued to be sent inside TLS. */
  public long bytesOut() {
    return bytesOut.sum();
  }

  /** Frames ignored because this version does not know their message. */
  public long unknownFrames() {
    return unknownFrames.sum();
  }

  /** Errors sent with this code. */
  public long errorsOut(ErrorCode code) {
    return errorsOut.get(index(code));
  }

  /** Errors received with this code; codes that this version does not know count as unspecified. */
  public long errorsIn(ErrorCode code) {
    return errorsIn.get(index(code));
  }
}
