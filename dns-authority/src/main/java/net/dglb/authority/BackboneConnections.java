package net.dglb.authority;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import net.dglb.identity.NodeIdentity;
import net.dglb.identity.NodeRole;
import net.dglb.mapping.convert.NodeEndpoints;
import net.dglb.mapping.session.ClientSettings;
import net.dglb.mapping.session.MappingClient;
import net.dglb.mapping.session.SessionCounters;
import net.dglb.mapping.wire.Hello;
import net.dglb.net.Endpoint;
import net.dglb.node.Version;
import net.dglb.node.WatchedIdentity;
import net.dglb.time.Timeline;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps sessions to the backbone nodes, configured ones and others that any of them tells of, as
 * long as there are some and the node has a certificate. Belongs to the control thread.
 */
final class BackboneConnections {

  private static final Logger LOG = LoggerFactory.getLogger(BackboneConnections.class);
  private static final Duration REGISTER_AGAIN = Duration.ofSeconds(3);

  /** How often a backbone node is asked again that did not permit a registration. */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(60);

  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final WatchedIdentity identity;
  private final Supplier<List<Endpoint>> configured;
  private final BackboneLink link;
  private final Timeline control;
  private List<NodeEndpoints> learned = List.of();
  private volatile @Nullable MappingClient client;

  BackboneConnections(
      Vertx vertx,
      WatchedIdentity identity,
      Supplier<List<Endpoint>> configured,
      BackboneLink link,
      Timeline control) {
    this.vertx = vertx;
    this.identity = identity;
    this.configured = configured;
    this.link = link;
    this.control = control;
  }

  /** A backbone node told of all of them. */
  void learned(List<NodeEndpoints> nodes) {
    if (!nodes.equals(learned)) {
      learned = List.copyOf(nodes);
      connect();
    }
  }

  /** Connects to whom it should now, and leaves the others. */
  void connect() {
    Optional<NodeIdentity> shown = identity.current();
    MappingClient open = client;
    if (configured.get().isEmpty() || shown.isEmpty()) {
      if (open != null) {
        open.setPeers(List.of());
      }
      return;
    }
    if (open == null) {
      open = client(shown.get());
      client = open;
    }
    open.setPeers(BackbonePeers.of(learned, configured.get()));
  }

  private MappingClient client(NodeIdentity shown) {
    control.every(REGISTER_AGAIN, REGISTER_AGAIN, link::registerAgain);
    Duration firstAsk =
        Duration.ofMillis(ThreadLocalRandom.current().nextLong(ASK_AGAIN.toMillis()));
    control.every(firstAsk, ASK_AGAIN, link::registerWhatWasForbidden);
    return new MappingClient(
        vertx,
        shown,
        ClientSettings.of(List.of(), Set.of(NodeRole.BACKBONE)),
        () -> Hello.newBuilder().setSoftware("dglb " + Version.text()).build(),
        link,
        control,
        ThreadLocalRandom.current());
  }

  /** What the sessions have done; empty while there never was one. From any thread. */
  Optional<SessionCounters> counters() {
    return Optional.ofNullable(client).map(MappingClient::counters);
  }

  /** Leaves all in order, and waits for that; from any thread but the control thread. */
  void close() {
    MappingClient open = client;
    if (open == null) {
      return;
    }
    try {
      open.close()
          .toCompletionStage()
          .toCompletableFuture()
          .get(CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn("the sessions did not end in order: {}", e.toString());
    }
  }
}
