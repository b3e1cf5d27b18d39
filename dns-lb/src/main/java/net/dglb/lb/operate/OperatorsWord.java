package net.dglb.lb.operate;

import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import net.dglb.decision.AdminState;
import net.dglb.decision.AdminStates;
import net.dglb.decision.said.Saying;
import net.dglb.explain.SayingTree;
import net.dglb.net.DomainName;

/**
 * All that operators say of sites: what was said here stands above what was said for the whole
 * network. Used on the control thread only.
 *
 * @param here said at this load balancer
 * @param network said at the backbone
 */
public record OperatorsWord(SiteSayings here, NetworkSayingsKept network) implements AdminStates {

  /**
   * Takes back what was kept.
   *
   * @param map gives a durable map
   * @param commit makes what was put into it durable
   * @param onChange is called after each change
   */
  public static OperatorsWord open(
      Function<String, Map<String, byte[]>> map,
      Runnable commit,
      InstantSource clock,
      Runnable onChange) {
    return new OperatorsWord(
        new SiteSayings(map.apply("admin-states"), commit, clock, onChange),
        new NetworkSayingsKept(map.apply("network-sayings"), commit, onChange));
  }

  @Override
  public Optional<AdminState> of(DomainName service, String siteId) {
    return here.current()
        .newest(service, siteId)
        .or(() -> network.current().newest(service, siteId))
        .map(Saying::state);
  }

  /** What counts of a site, with who said it, why, and where. */
  public Optional<JsonObject> explain(DomainName service, String siteId) {
    Optional<JsonObject> local =
        here.current().newest(service, siteId).map(it -> SayingTree.of(it).put("at", "here"));
    return local.or(() ->
        network
            .current()
            .newest(service, siteId)
            .map(it -> SayingTree.of(it).put("at", "the backbone")));
  }
}
