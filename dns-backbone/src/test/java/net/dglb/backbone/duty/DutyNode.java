package net.dglb.backbone.duty;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.crypto.spec.SecretKeySpec;
import net.dglb.backbone.Samples;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.map.EntrySeal;
import net.dglb.backbone.map.EntryTable;
import net.dglb.backbone.map.MapKeys;
import net.dglb.backbone.map.SharedMap;
import net.dglb.mapping.convert.LabelDuty;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;
import net.dglb.time.Timeline;

/** The duties of one backbone node of several; what it sees is set by the test. */
final class DutyNode implements DutyOutbox, AddressTrust {

  static final Duration EXPIRY = Duration.ofDays(30);

  private static final LabelSettings SETTINGS =
      new LabelSettings(1, Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofSeconds(5));

  /** The load balancers with a session. */
  final Set<String> connected = new HashSet<>();

  /** Those that answered the node's own last check. */
  final Set<String> trusted = new HashSet<>();

  /** Those that did not. */
  final Set<String> failing = new HashSet<>();

  /** Runs when a duty is sent. */
  Runnable onOrder = () -> {};

  /** Duties sent, as "holder label". */
  final List<String> sent = new ArrayList<>();

  /** Who was told what was measured, as "holder place service". */
  final List<String> estimates = new ArrayList<>();

  /** How many probe each service, as each holder was told last. */
  final Map<String, Map<DomainName, Integer>> probers = new HashMap<>();

  final EntryTable table;
  final Duties duties;
  private List<LoadBalancer> all = Samples.loadBalancers();
  private List<EnterpriseZone> zones = List.of(Samples.aliased(7));

  /** Starts with what the journals hold. */
  DutyNode(
      String id,
      SharedMap map,
      Map<String, byte[]> labelJournal,
      Map<String, byte[]> sharedJournal,
      Timeline timeline) {
    EntrySeal seal =
        new EntrySeal("labels", MapKeys.only(new SecretKeySpec(new byte[32], "HmacSHA256")));
    table = new EntryTable("labels", seal, map, sharedJournal, timeline);
    duties =
        new Duties(
            SETTINGS,
            this,
            this,
            new DutyJournal(labelJournal),
            new SharedLabels(id, table, EXPIRY, timeline),
            timeline);
  }

  /** A node with empty journals that hears nobody yet. */
  DutyNode(String id, SharedMap map, Timeline timeline) {
    this(id, map, new HashMap<>(), new HashMap<>(), timeline);
  }

  /** Reads what the others said, brings duties in line, and says what it sees. */
  void turn() {
    table.scan();
    duties.world(all, zones, _ -> List.of());
    duties.settle();
    duties.share();
  }

  /** A resolver asks this node. */
  void asked() {
    duties.demand(Samples.WWW, "lb-nyc");
    turn();
  }

  void acknowledges(String holder) {
    duties.acknowledged(holder, Samples.WWW, "lb-nyc", 7);
    turn();
  }

  void hears(String... loadBalancers) {
    connected.addAll(List.of(loadBalancers));
    trusted.addAll(List.of(loadBalancers));
  }

  /** Nobody hears this load balancer any more. */
  void loses(String id) {
    connected.remove(id);
    sees(id, lb -> Samples.live(lb, false));
    turn();
  }

  void serves(EnterpriseZone zone) {
    zones = List.of(zone);
    turn();
  }

  /** A load balancer leaves in order. */
  void withdraws(String id) {
    duties.withdrawn(id);
    sees(id, Samples::withdrawn);
    turn();
  }

  /** A load balancer is another from now on. */
  void sees(String id, UnaryOperator<LoadBalancer> change) {
    all = all.stream().map(lb -> lb.id().equals(id) ? change.apply(lb) : lb).toList();
  }

  /** Looks at every label, whether anything about it has changed or not. */
  void looksAtEverything() {
    duties.use(SETTINGS);
    turn();
  }

  void removesAllZones() {
    zones = List.of();
    turn();
  }

  ServedLabel served() {
    return duties.served().getFirst();
  }

  @Override
  public boolean isConnected(String holder) {
    return connected.contains(holder);
  }

  @Override
  public void order(String holder, DomainName origin, Service service, LabelDuty order) {
    onOrder.run();
    sent.add(holder + " " + order.label());
  }

  @Override
  public void estimates(String holder, String place, Service service) {
    estimates.add(holder + " " + place + " " + service.name());
  }

  @Override
  public void probers(String holder, Map<DomainName, Integer> loadBalancers) {
    if (!loadBalancers.equals(probers.put(holder, Map.copyOf(loadBalancers)))) {
      sent.add(holder + " is one of " + loadBalancers.get(Samples.WWW));
    }
  }

  @Override
  public void end(String holder, String label, DomainName service, int serveSeconds) {
    sent.add(holder + " ends " + label);
  }

  @Override
  public boolean isTrusted(String loadBalancer) {
    return trusted.contains(loadBalancer);
  }

  @Override
  public boolean isFailing(String loadBalancer) {
    return failing.contains(loadBalancer);
  }
}
