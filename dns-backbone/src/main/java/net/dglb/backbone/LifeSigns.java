package net.dglb.backbone;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import net.dglb.backbone.announce.Directory;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.announce.ResolverMap;
import net.dglb.backbone.peers.Liveness;
import net.dglb.backbone.peers.PeerTable;
import net.dglb.backbone.session.LoadBalancerSessions;
import net.dglb.node.LiveParts;
import net.dglb.time.Repeated;
import net.dglb.time.Timeline;

/**
 * Tells the other backbone nodes that this one lives and whom it hears, and reads what they tell.
 * Lives on the control thread.
 */
final class LifeSigns {

  private static final Duration REMEMBER_WHO_LIVES = Duration.ofMinutes(1);

  private final Maps maps;
  private final PeerTable peers;
  private final Liveness liveness;
  private final ResolverMap resolverMap;
  private final LoadBalancerSessions loadBalancers;
  private final Directory directory;
  private final CommitQueue commits;
  private final Timeline timeline;
  private final Repeated scanning;
  private final Repeated saying;

  LifeSigns(
      Maps maps,
      PeerTable peers,
      Liveness liveness,
      ResolverMap resolverMap,
      LoadBalancerSessions loadBalancers,
      Directory directory,
      CommitQueue commits,
      Timeline timeline) {
    this.maps = maps;
    this.peers = peers;
    this.liveness = liveness;
    this.resolverMap = resolverMap;
    this.loadBalancers = loadBalancers;
    this.directory = directory;
    this.commits = commits;
    this.timeline = timeline;
    scanning = new Repeated(timeline, maps::scan);
    saying = new Repeated(timeline, this::say);
  }

  void start(BackboneSettings.Timing timing) {
    timeline.execute(maps::scan);
    scanning.every(timing.scanInterval());
    maps.startExpiring(timeline);
    timeline.execute(this::say);
    saying.every(timing.livenessInterval());
    timeline.every(REMEMBER_WHO_LIVES, REMEMBER_WHO_LIVES, this::rememberWhoLives);
  }

  /** Adds what takes changes of the configuration while it runs. */
  void follow(LiveParts<BackboneSettings> live) {
    live.part("cluster.scan-interval", it -> it.timing().scanInterval(), scanning::every)
        .part("cluster.liveness-interval", it -> it.timing().livenessInterval(), saying::every);
  }

  /** The label addresses of all backbone nodes that are heard. */
  List<InetAddress> labelAddresses() {
    return peers.all().stream()
        .filter(peer -> liveness.isNodeHeard(peer.id()))
        .flatMap(peer -> peer.labelAddresses().stream())
        .toList();
  }

  private void say() {
    peers.announceSelf();
    liveness.say(maps.announcements().checksum());
    loadBalancers.ids().forEach(resolverMap::renew);
  }

  private void rememberWhoLives() {
    if (liveness.remember(directory.all().stream().map(LoadBalancer::id).toList())) {
      commits.afterCommit(() -> {});
    }
  }
}
