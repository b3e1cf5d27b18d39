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
import net.dglb.mapping.convert.Announcement;
import net.dglb.mapping.convert.AnnouncementVersion;
import net.dglb.time.Timeline;

/**
 * The resolver map: one entry for each load balancer with its whole announcement, shared by all
 * backbone nodes. Lives on the control thread.
 */
public final class ResolverMap {

  private final EntryTable table;
  private Duration expiry;
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

  /** Keeps entries for this long from now on. */
  public void expiry(Duration next) {
    expiry = next;
  }

  /** Who hears of every announcement that is new or superseded, also by other nodes. */
  public void onChange(Consumer<StoredAnnouncement> listener) {
    table.onChange(entry -> {
      boolean expired = !entry.expiresAt().isAfter(timeline.now());
      StoredAnnouncement.read(entry)
          .map(read -> expired ? read.asWithdrawn() : read)
          .ifPresent(listener);
    });
  }

  /** The highest version stored for a load balancer. */
  public AnnouncementVersion highest(String id) {
    return table
        .get(id)
        .map(Entry::version)
        .map(it -> new AnnouncementVersion(it.generation(), it.counter()))
        .orElse(AnnouncementVersion.NONE);
  }

  /**
   * Stores an announcement.
   *
   * @return false if a newer one is stored, or another one of that version
   */
  public boolean announce(Announcement announcement) {
    Entry offered =
        new Entry(
            announcement.loadBalancer(),
            version(announcement.version()),
            false,
            expiresAt(),
            StoredAnnouncement.content(announcement));
    Optional<Entry> present = table.get(offered.key());
    if (present.isPresent() && !isAbove(offered, present.get())) {
      return isSame(present.get(), offered);
    }
    return table.offer(offered);
  }

  /**
   * Stores a tombstone, which outlives every partition that is tolerated. It keeps the content:
   * resolvers that hold the label are referred to who is nearest to them.
   *
   * @return false if a newer version is stored, or an announcement of that version
   */
  public boolean withdraw(String id, AnnouncementVersion version) {
    Optional<Entry> present = table.get(id);
    if (present.isEmpty()) {
      return true;
    }
    Entry offered = new Entry(id, version(version), true, expiresAt(), present.get().content());
    if (!isAbove(offered, present.get())) {
      return present.get().deleted() && present.get().version().equals(offered.version());
    }
    return table.offer(offered);
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
  public List<StoredAnnouncement> all() {
    List<StoredAnnouncement> all = new ArrayList<>();
    table.entries().forEach(entry -> StoredAnnouncement.read(entry).ifPresent(all::add));
    return all;
  }

  private Instant expiresAt() {
    return timeline.now().plus(expiry);
  }

  private static EntryVersion version(AnnouncementVersion version) {
    return new EntryVersion(version.generation(), version.counter());
  }

  private static boolean isAbove(Entry offered, Entry present) {
    return offered.version().compareTo(present.version()) > 0;
  }

  private static boolean isSame(Entry present, Entry offered) {
    return !present.deleted()
        && present.version().equals(offered.version())
        && present.content().equals(offered.content());
  }
}
