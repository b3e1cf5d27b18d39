package net.dglb.mapping.convert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.dglb.mapping.wire.Announce;
import net.dglb.net.Prefix;

/**
 * Joins the pages of one load balancer's announcements, as they come in on one session. Bounded by
 * {@link Announcement#MAX_PREFIXES}. Not thread-safe.
 */
public final class AnnouncementAssembler {

  private final String loadBalancer;
  private final PageOrder order = new PageOrder("announcement", AnnouncementPages.MAX_PAGES);
  private final List<Prefix> resolverPrefixes = new ArrayList<>();
  private final List<Prefix> clientPrefixes = new ArrayList<>();
  private Announce first = Announce.getDefaultInstance();

  /**
   * @param loadBalancer the id that the session's certificate carries
   */
  public AnnouncementAssembler(String loadBalancer) {
    this.loadBalancer = loadBalancer;
  }

  /**
   * Takes the next page. A page 0 begins anew: pages before it that were not completed are dropped.
   *
   * @return the whole announcement if this was its last page
   * @throws MalformedMessageException if a page is missing, belongs to another version or holds
   *     what cannot be; then the pages before are dropped too
   */
  public Optional<Announcement> add(Announce page) throws MalformedMessageException {
    try {
      boolean last = order.take(version(page).toString(), page.getPage(), page.getPages());
      if (page.getPage() == 0) {
        drop();
        first = page;
      }
      keepPrefixes(page);
      return last ? Optional.of(whole()) : Optional.empty();
    } catch (MalformedMessageException e) {
      order.reset();
      drop();
      throw e;
    }
  }

  private void keepPrefixes(Announce page) throws MalformedMessageException {
    int prefixes = page.getResolverPrefixesCount() + page.getClientPrefixesCount();
    if (prefixes > AnnouncementPages.PREFIXES) {
      throw new MalformedMessageException(
          prefixes + " prefixes in one page (expected at most " + AnnouncementPages.PREFIXES + ")");
    }
    resolverPrefixes.addAll(
        Reading.all(
            "resolver_prefixes",
            page.getResolverPrefixesList(),
            prefixes,
            WireAddresses::fromWire));
    clientPrefixes.addAll(
        Reading.all(
            "client_prefixes", page.getClientPrefixesList(), prefixes, WireAddresses::fromWire));
  }

  private Announcement whole() throws MalformedMessageException {
    Announcement whole = Reading.one("announcement " + version(first), first, this::read);
    drop();
    return whole;
  }

  private Announcement read(Announce head) throws MalformedMessageException {
    return new Announcement(
        loadBalancer,
        version(head),
        head.getAnnouncedEpochMillis() == 0
            ? Optional.empty()
            : Optional.of(Instant.ofEpochMilli(head.getAnnouncedEpochMillis())),
        Reading.all(
            "addresses",
            head.getAddressesList(),
            Announcement.MAX_ADDRESSES,
            WireAddresses::fromWire),
        WireAddresses.port(head.getDnsPort()),
        resolverPrefixes,
        clientPrefixes,
        head.hasLocation()
            ? Optional.of(WireAddresses.fromWire(head.getLocation()))
            : Optional.empty(),
        head.getServicesInAdvance(),
        Reading.all(
            "mapping", head.getMappingList(), Announcement.MAX_ADDRESSES, WireAddresses::fromWire));
  }

  private static AnnouncementVersion version(Announce page) throws MalformedMessageException {
    return AnnouncementVersion.fromWire(page.getVersion());
  }

  private void drop() {
    first = Announce.getDefaultInstance();
    resolverPrefixes.clear();
    clientPrefixes.clear();
  }
}
