package net.dglb.mapping.session;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import net.dglb.identity.NodeIdentity;
import net.dglb.identity.PeerIdentity;
import net.dglb.mapping.wire.Hello;
import net.dglb.time.Timeline;

/**
 * The connecting side of the mapping protocol: keeps one session to each of its peers and connects
 * again, with growing pauses, whenever one ends. Every method may be called from any thread.
 */
public final class MappingClient {

  private final Vertx vertx;
  private final NodeIdentity identity;
  private final Supplier<Hello> hello;
  private final RandomGenerator random;
  private volatile ClientSettings settings;
  private volatile LocalSide side;
  private volatile Outbound outbound;
  private final List<PeerLink> links = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  /**
   * A client without peers.
   *
   * @param identity this node's certificate and the authority that it trusts
   * @param hello capabilities, software and, for a load balancer, the highest version it knows of
   *     itself, asked on the timeline before each attempt; the session sets the other fields
   * @param listener hears of the sessions, on the timeline
   * @param random for the pauses; used on the timeline only
   */
  public MappingClient(
      Vertx vertx,
      NodeIdentity identity,
      ClientSettings settings,
      Supplier<Hello> hello,
      SessionListener listener,
      Timeline timeline,
      RandomGenerator random) {
    this.vertx = vertx;
    this.identity = identity;
    this.outbound = new Outbound(vertx, identity, settings);
    this.hello = hello;
    this.settings = settings;
    this.random = random;
    this.side =
        new LocalSide(
            identity.self(), settings.session(), listener, timeline, new SessionCounters());
  }

  /**
   * Sets whom to keep sessions to. Sessions to peers that were there before go on, also if a peer
   * is now known by its id or by more endpoints; sessions to others are left in order.
   */
  public void setPeers(Collection<Peer> peers) {
    List<Peer> wanted = List.copyOf(peers);
    side.timeline().execute(() -> apply(wanted));
  }

  /** Keeps its sessions by other settings: those that are open are left in order and made anew. */
  public void use(ClientSettings next) {
    side.timeline()
        .execute(() -> {
          if (!closed && !next.equals(settings)) {
            anew(next);
          }
        });
  }

  private void anew(ClientSettings next) {
    List<Peer> peers = links.stream().map(PeerLink::peer).toList();
    links.forEach(link -> link.stop(leaving()));
    links.clear();
    Outbound before = outbound;
    settings = next;
    side = side.with(next.session());
    outbound = new Outbound(vertx, identity, next);
    apply(peers);
    var _ = before.close();
  }

  /** Each peer and how far the client is with it, in the order of {@link #setPeers}. */
  public Map<Peer, PeerState> peers() {
    Map<Peer, PeerState> states = new LinkedHashMap<>();
    links.forEach(link -> states.put(link.peer(), link.state()));
    return states;
  }

  /** The open sessions. */
  public List<Session> sessions() {
    return links.stream().flatMap(link -> link.session().stream()).toList();
  }

  /** What it has done so far. */
  public SessionCounters counters() {
    return side.counters();
  }

  /** Leaves every session in order and connects no more; done when no connection is left. */
  public Future<Void> close() {
    closed = true;
    links.forEach(link -> link.stop(leaving()));
    setPeers(List.of());
    return outbound.close();
  }

  private void apply(List<Peer> wanted) {
    List<PeerLink> former = new ArrayList<>(links);
    List<PeerLink> next = new ArrayList<>();
    for (Peer peer : closed ? List.<Peer>of() : eachNodeOnce(wanted)) {
      Optional<PeerLink> known =
          former.stream().filter(link -> link.peer().sameNodeAs(peer)).findFirst();
      known.ifPresent(former::remove);
      PeerLink link =
          known.orElseGet(() ->
              new PeerLink(
                  peer, side, settings, outbound, hello, random, this::isReachedByAnother));
      link.know(peer);
      next.add(link);
    }
    former.forEach(link -> link.stop(leaving()));
    links.clear();
    links.addAll(next);
    links.forEach(PeerLink::start);
  }

  /** A peer known by an endpoint only is left out where another one with an id listens there. */
  private static List<Peer> eachNodeOnce(List<Peer> wanted) {
    List<Peer> once = new ArrayList<>(wanted.stream().filter(it -> it.id().isPresent()).toList());
    for (Peer peer : wanted) {
      if (once.stream().noneMatch(it -> it.sameNodeAs(peer))) {
        once.add(peer);
      }
    }
    return once;
  }

  /** Two endpoints may turn out to be one node: it gets one session only. */
  private boolean isReachedByAnother(PeerLink asking, PeerIdentity peer) {
    return links.stream()
        .filter(link -> link != asking)
        .anyMatch(link -> link.session().filter(s -> s.peer().equals(peer)).isPresent());
  }

  private String leaving() {
    return side.self() + " leaves";
  }
}
