package net.dglb.lb;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.serve.DnsServer;
import net.dglb.lb.answer.AnswersFile;
import net.dglb.node.EventLoops;
import net.dglb.node.Published;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DNS as it was last answered here, before anything else of the node is read: a load balancer of
 * thousands of services that starts again is away for as short as can be.
 *
 * @param vertx the event loops of the node
 * @param catalog what the DNS threads read
 * @param file where the answers are kept
 * @param dns the server, if it answers already
 */
record FirstAnswers(
    Vertx vertx, Published<Catalog> catalog, AnswersFile file, Optional<DnsServer> dns)
    implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FirstAnswers.class);
  private static final String ANSWERS_FILE = "lb.answers";

  /** Answers from what was kept; whoever has kept nothing does not listen yet. */
  static FirstAnswers of(LoadBalancerSettings settings) {
    Vertx vertx = EventLoops.start();
    AnswersFile file = new AnswersFile(settings.node().state().resolve(ANSWERS_FILE));
    Published<Catalog> catalog = new Published<>(file.read(Instant.now()));
    return new FirstAnswers(vertx, catalog, file, serve(vertx, settings, catalog));
  }

  private static Optional<DnsServer> serve(
      Vertx vertx, LoadBalancerSettings settings, Published<Catalog> catalog) {
    if (catalog.get().zones().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          DnsServer.start(vertx, settings.listen(), settings.dns(), catalog, Optional.empty()));
    } catch (IOException e) {
      LOG.debug("not answered before the start", e); // which tries again, and says what is wrong
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    dns.ifPresent(DnsServer::close);
    vertx.close();
  }
}
