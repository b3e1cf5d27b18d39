package net.dglb.backbone.announce;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import net.dglb.backbone.map.Entry;
import net.dglb.backbone.map.EntryTable;
import net.dglb.backbone.map.EntryVersion;
import net.dglb.mapping.wire.Announce;
import net.dglb.time.Timeline;

/**
 * The resolver map: one entry for each load balancer with its whole announcement, shared by all
 * backbone nodes. Lives on the control thread.
 */
public final class ResolverMap {

  private final EntryTable table;
  private final Duration expiry;
  private final Timeline timeline;

  /**
   * Types a table.
   *
   * @param expiry how long an entry is kept that nobody renews
   */
  public ResolverMap(EntryTable table, Duration expiry, Timeline timeline) {
    this.table = table;
    this.expiry = expiry;
    this.timeline = timeline;
  }

  /** Who hears of every announcement that is new or superseded, also by other nodes. */
  public void onChange(Consumer<Announcement> listener) {
    table.onChange(entry -> {
      if (entry.expiresAt().isAfter(timeline.now())) {
        WireAnnouncement.read(entry).ifPresent(listener);
      } else {
        WireAnnouncement.read(entry)
            .map(expired -> expired.withdrawn(expired.version()))
            .ifPresent(listener);
      }
    });
  }

  /** The highest version stored for a load balancer. */
  public EntryVersion highest(String id) {
    return table.get(id).map(Entry::version).orElse(EntryVersion.NONE);
  }

  /**
   * Stores an announcement.
   *
   * @return false if a newer one is stored
   */
  public boolean announce(Announcement announcement, Announce wire) {
    Optional<Entry> present = table.get(announcement.id());
    if (present.isPresent() && isSame(present.get(), announcement, wire)) {
      return true;
    }
    return table.offer(
        new Entry(
            announcement.id(), announcement.version(), false, expiresAt(), wire.toByteString()));
  }

  /**
   * Stores a tombstone, which outlives every partition that is tolerated.
   *
   * @return false if a newer version is stored
   */
  public boolean withdraw(String id, EntryVersion version) {
    Optional<Entry> present = table.get(id);
    if (present.isEmpty()) {
      return true;
    }
    return table.offer(
        new Entry(
            id, version, true, expiresAt(), WireAnnouncement.tombstone(present.get().content())));
  }

  /** Moves the expiry of a load balancer that is heard, once half of its time has passed. */
  public void renew(String id) {
    table
        .get(id)
        .filter(entry -> !entry.deleted())
        .filter(entry -> entry.expiresAt().isBefore(timeline.now().plus(expiry.dividedBy(2))))
        .ifPresent(entry ->
            table.offer(new Entry(id, entry.version(), false, expiresAt(), entry.content())));
  }

  /** All announcements, of withdrawn load balancers too. */
  public List<Announcement> all() {
    List<Announcement> all = new ArrayList<>();
    table.entries().forEach(entry -> WireAnnouncement.read(entry).ifPresent(all::add));
    return all;
  }

  private Instant expiresAt() {
    return timeline.now().plus(expiry);
  }

  private static boolean isSame(Entry entry, Announcement announcement, Announce wire) {
    return !entry.deleted()
        && entry.version().equals(announcement.version())
        && entry.content().equals(wire.toByteString());
  }
}
