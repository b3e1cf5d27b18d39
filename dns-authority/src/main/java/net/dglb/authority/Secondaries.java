package net.dglb.authority;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import net.dglb.dns.slow.TransferSource;
import net.dglb.dns.transfer.Notifier;
import net.dglb.dns.transfer.TransferRule;
import net.dglb.dns.transfer.TransferZone;
import net.dglb.dns.transfer.UdpNotifyExchange;
import net.dglb.dns.transfer.ZoneSnapshot;
import net.dglb.dns.tsig.TsigKeys;
import net.dglb.identity.TsigKey;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.node.Published;
import net.dglb.time.Timeline;
import org.xbill.DNS.Record;

/**
 * The served zones as their secondaries get them, and who may. The control thread writes; anybody
 * reads.
 */
final class Secondaries implements TransferSource {

  private final Notifier notifier;
  private final Published<Map<DomainName, TransferZone>> zones = new Published<>(Map.of());
  private final Published<Map<DomainName, ZoneSource>> sources = new Published<>(Map.of());

  private boolean open;

  Secondaries(Notifier notifier) {
    this.notifier = notifier;
  }

  /** Tells its secondaries from the addresses that the node answers at. */
  static Secondaries of(TsigKeys keys, Supplier<List<Endpoint>> listen, Timeline control) {
    Supplier<List<InetAddress>> sources =
        () -> listen.get().stream().map(Endpoint::address).toList();
    return new Secondaries(
        new Notifier(keys, new UdpNotifyExchange(sources), new SecureRandom(), control));
  }

  /** Per zone and secondary how the last notification went. */
  Map<String, String> states() {
    return notifier.states();
  }

  /** Tells everybody, now that they can ask; until then nobody is told of anything. */
  void open() {
    open = true;
    zones.get().forEach(this::tell);
  }

  /** Takes these zones' rules; others are not transferred any more. */
  void use(Collection<ZoneSource> used) {
    Map<DomainName, ZoneSource> next = new HashMap<>();
    used.forEach(source -> next.put(source.origin(), source));
    sources.publish(Map.copyOf(next));
  }

  /** Takes what is served from now on; who is to be told of a new serial is told. */
  void serve(Map<DomainName, List<Record>> served) {
    Map<DomainName, TransferZone> before = zones.get();
    Map<DomainName, TransferZone> next = new HashMap<>();
    served.forEach((origin, records) -> {
      ZoneSnapshot content = ZoneSnapshot.of(records);
      TransferZone former = before.get(origin);
      next.put(origin, former == null ? TransferZone.of(content) : former.next(content));
    });
    zones.publish(Map.copyOf(next));
    next.forEach((origin, zone) -> {
      if (!zone.equals(before.get(origin))) {
        tell(origin, zone);
      }
    });
  }

  private void tell(DomainName origin, TransferZone zone) {
    ZoneSource source = sources.get().get(origin);
    if (open && source != null) {
      notifier.tell(origin, zone.snapshot().soa(), source.notified());
    }
  }

  @Override
  public Optional<TransferZone> find(DomainName apex) {
    return Optional.ofNullable(zones.get().get(apex));
  }

  @Override
  public boolean allows(DomainName apex, Optional<TsigKey> key, InetAddress source) {
    ZoneSource zone = sources.get().get(apex);
    List<TransferRule> rules = zone == null ? List.of() : zone.transfer();
    return rules.stream().anyMatch(rule -> rule.allows(key, source));
  }
}
