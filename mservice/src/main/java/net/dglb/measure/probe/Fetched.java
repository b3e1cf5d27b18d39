package net.dglb.measure.probe;

import java.io.IOException;
import java.util.function.LongSupplier;
import net.dglb.service.Download;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;

/** What came of an object so far, and how long that took. Used by one thread. */
final class Fetched {

  private static final long READ_AT_ONCE = 16 * 1024;

  private final LongSupplier nanoTime;
  private long bytes;
  private long first;
  private long last;

  Fetched(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Reads so many bytes of an answer and drops them. */
  Outcome read(Response response, long wanted) throws IOException {
    if (response.code() < 200 || response.code() > 299) {
      return Outcome.BAD_STATUS;
    }
    first = nanoTime.getAsLong();
    last = first;
    BufferedSource source = response.body().source();
    Buffer sink = new Buffer();
    while (bytes < wanted) {
      long read = source.read(sink, Math.min(READ_AT_ONCE, wanted - bytes));
      if (read < 0) {
        return Outcome.BAD_BODY;
      }
      sink.clear();
      bytes += read;
      last = nanoTime.getAsLong();
    }
    return Outcome.SUCCESS;
  }

  String complaint(Response response, Download object) {
    return response.isSuccessful()
        ? object.path() + " has " + bytes + " bytes (expected at least " + object.bytes() + ")"
        : object.path() + ": status " + response.code();
  }

  long bytes() {
    return bytes;
  }

  /** From the first byte to the last that came. */
  long nanos() {
    return last - first;
  }
}
