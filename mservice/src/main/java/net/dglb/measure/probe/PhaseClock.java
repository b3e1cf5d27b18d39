package net.dglb.measure.probe;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.function.LongSupplier;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Protocol;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Notes when each phase of one probe was done. Zero is the start of the connection, so that waiting
 * for a thread does not count. Used by one thread at a time.
 */
final class PhaseClock extends EventListener {

  private final LongSupplier nanoTime;
  private volatile long start;
  private volatile long connected = Phases.NOT_REACHED;
  private volatile long secured = Phases.NOT_REACHED;
  private volatile long firstByte = Phases.NOT_REACHED;
  private volatile int status;

  PhaseClock(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    start = nanoTime.getAsLong();
  }

  void connecting() {
    start = nanoTime.getAsLong();
  }

  void connectionStands() {
    if (connected == Phases.NOT_REACHED) {
      connected = elapsed();
    }
  }

  void firstByteCame() {
    firstByte = elapsed();
  }

  boolean isConnected() {
    return connected != Phases.NOT_REACHED;
  }

  /** The HTTP status, 0 before one came. */
  int status() {
    return status;
  }

  Phases phases() {
    return new Phases(connected, secured, firstByte, elapsed());
  }

  private long elapsed() {
    return nanoTime.getAsLong() - start;
  }

  @Override
  public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
    connecting();
  }

  @Override
  public void secureConnectStart(Call call) {
    connectionStands();
  }

  @Override
  public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
    secured = elapsed();
  }

  @Override
  public void connectEnd(
      Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol) {
    connectionStands();
  }

  @Override
  public void responseHeadersEnd(Call call, Response response) {
    status = response.code();
  }

  @Override
  public void responseHeadersStart(Call call) {
    firstByte = elapsed();
  }
}
