package net.dglb.node;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what the admin API answers. A tree of ten thousand services takes seconds to encode: that
 * is done on threads of its own, a few at once, since the event loop serves others meanwhile, DNS
 * over TCP among them. Used on event loops.
 */
final class AdminResponses implements AutoCloseable {

  /** How many answers are encoded at the same time; others wait. */
  static final int AT_ONCE = 2;

  private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);

  private final WorkerExecutor encoders;

  AdminResponses(Vertx vertx) {
    encoders = vertx.createSharedWorkerExecutor("admin-encoding", AT_ONCE);
  }

  /** Sends what is known to be small, without waiting for larger ones. */
  static void sendAtOnce(RoutingContext call, AdminAnswer answer) {
    send(call, answer.status(), answer.mediaType(), answer.encoded());
  }

  /** Sends what may be large. */
  void send(RoutingContext call, AdminAnswer answer) {
    encode(call, answer.status(), answer.mediaType(), answer::encoded);
  }

  /** The same of a text that is made only then. */
  void send(RoutingContext call, String mediaType, Supplier<String> text) {
    encode(call, 200, mediaType, () -> Buffer.buffer(text.get()));
  }

  private void encode(
      RoutingContext call, int status, String mediaType, Supplier<Buffer> encoding) {
    var _ =
        encoders
            .executeBlocking(encoding::get, false)
            .onSuccess(body -> send(call, status, mediaType, body))
            .onFailure(failure -> sendAtOnce(call, failed(call, failure)));
  }

  /** The answer to a call that failed by a fault of the node. */
  static AdminAnswer failed(RoutingContext call, Throwable cause) {
    LOG.error("admin call {} {} failed", call.request().method(), call.request().path(), cause);
    return AdminAnswer.problem(500, "failed; the node's log says why");
  }

  private static void send(RoutingContext call, int status, String mediaType, Buffer body) {
    if (!call.response().ended() && !call.response().closed()) {
      call.response().setStatusCode(status).putHeader("content-type", mediaType).end(body);
    }
  }

  /** What is not encoded yet is not sent any more. */
  @Override
  public void close() {
    encoders.close();
  }
}
