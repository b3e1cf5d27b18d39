package net.dglb.backbone.registry;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import net.dglb.backbone.map.Entry;
import net.dglb.backbone.map.EntryTable;
import net.dglb.backbone.map.EntryVersion;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.convert.WireServices;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Zones in a shared map with the same merge rule as the resolver map: durable at this node when
 * acknowledged, at the others a moment later. Removed zones leave a tombstone.
 */
public final class SharedZoneRegistry implements ZoneRegistry {

  private static final Logger LOG = LoggerFactory.getLogger(SharedZoneRegistry.class);

  /** Zones do not expire; their tombstones outlive every partition that is tolerated. */
  private static final Duration ZONE_EXPIRY = Duration.ofDays(36_500);

  private final EntryTable table;
  private final DomainName infrastructure;
  private final Duration tombstoneExpiry;
  private final Consumer<Runnable> afterCommit;
  private final Timeline timeline;
  private final Map<DomainName, EnterpriseZone> zones = new TreeMap<>();
  private Runnable listener = () -> {};

  /**
   * Reads what the table holds.
   *
   * @param infrastructure the backbone's own zone, which nobody may register over
   * @param afterCommit runs a task on the control thread once everything so far is on disk
   */
  public SharedZoneRegistry(
      EntryTable table,
      DomainName infrastructure,
      Duration tombstoneExpiry,
      Consumer<Runnable> afterCommit,
      Timeline timeline) {
    this.table = table;
    this.infrastructure = infrastructure;
    this.tombstoneExpiry = tombstoneExpiry;
    this.afterCommit = afterCommit;
    this.timeline = timeline;
    table.entries().forEach(this::take);
    table.onChange(entry -> {
      take(entry);
      listener.run();
    });
  }

  @Override
  public void onChange(Runnable listener) {
    this.listener = listener;
  }

  @Override
  public void register(EnterpriseZone asked, Consumer<Outcome> outcome) {
    EnterpriseZone zone = numbered(asked);
    Optional<String> refusal = refusal(zone);
    if (refusal.isPresent()) {
      outcome.accept(new Outcome.Refused(refusal.get()));
      return;
    }
    Optional<Entry> present = table.get(zone.origin().toString());
    EntryVersion version = new EntryVersion(zone.version(), 0);
    if (present.isPresent() && present.get().version().compareTo(version) >= 0) {
      boolean same = zone.equals(zones.get(zone.origin()));
      long stored = present.get().version().generation();
      outcome.accept(same ? new Outcome.Stored(stored) : new Outcome.OldVersion(stored));
      return;
    }
    table.offer(
        new Entry(
            zone.origin().toString(),
            version,
            false,
            timeline.now().plus(ZONE_EXPIRY),
            WireServices.toWire(zone).toByteString()));
    afterCommit.accept(() -> outcome.accept(new Outcome.Stored(zone.version())));
  }

  @Override
  public void remove(DomainName origin, Consumer<Outcome> outcome) {
    Optional<Entry> present = table.get(origin.toString());
    long version = present.map(entry -> entry.version().generation()).orElse(0L);
    present
        .filter(entry -> !entry.deleted())
        .ifPresent(entry ->
            table.offer(
                new Entry(
                    entry.key(),
                    new EntryVersion(version, 1),
                    true,
                    timeline.now().plus(tombstoneExpiry),
                    entry.content())));
    afterCommit.accept(() -> outcome.accept(new Outcome.Stored(version)));
  }

  @Override
  public Optional<EnterpriseZone> get(DomainName origin) {
    return Optional.ofNullable(zones.get(origin));
  }

  @Override
  public List<EnterpriseZone> list() {
    return List.copyOf(zones.values());
  }

  /** A zone without a version gets the stored one's if nothing else differs, else the next. */
  private EnterpriseZone numbered(EnterpriseZone zone) {
    if (zone.version() > 0) {
      return zone;
    }
    long stored =
        table.get(zone.origin().toString()).map(entry -> entry.version().generation()).orElse(0L);
    EnterpriseZone present = zones.get(zone.origin());
    boolean same = present != null && present.withVersion(0).equals(zone);
    return zone.withVersion(same ? stored : stored + 1);
  }

  private Optional<String> refusal(EnterpriseZone zone) {
    if (zone.version() < 1) {
      return Optional.of("version: " + zone.version() + " (expected 1 and up)");
    }
    if (infrastructure.isAtOrBelow(zone.origin()) || zone.origin().isAtOrBelow(infrastructure)) {
      return Optional.of(
          "zone " + zone.origin() + " overlaps the backbone's own zone " + infrastructure);
    }
    for (EnterpriseZone other : zones.values()) {
      boolean overlaps =
          zone.origin().isAtOrBelow(other.origin()) || other.origin().isAtOrBelow(zone.origin());
      if (overlaps && !other.enterprise().equals(zone.enterprise())) {
        return Optional.of(
            "zone "
                + zone.origin()
                + " lies at, above or below "
                + other.origin()
                + ", which another enterprise registered");
      }
    }
    return Optional.empty();
  }

  private void take(Entry entry) {
    try {
      DomainName origin = DomainName.of(entry.key());
      if (entry.deleted()) {
        zones.remove(origin);
      } else {
        zones.put(
            origin,
            WireServices.fromWire(net.dglb.mapping.wire.EnterpriseZone.parseFrom(entry.content())));
      }
    } catch (InvalidProtocolBufferException
        | MalformedMessageException
        | IllegalArgumentException e) {
      LOG.error(
          "zone {} cannot be used, the last good one goes on: {}", entry.key(), e.getMessage());
    }
  }
}
