package net.dglb.mapping.convert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.dglb.mapping.wire.Announce;
import net.dglb.net.Prefix;

/** Cuts announcements into messages of bounded size. {@link AnnouncementAssembler} joins them. */
public final class AnnouncementPages {

  /** The most pages of one announcement. */
  public static final int MAX_PAGES = 64;

  /** The most prefixes of one page, of both kinds together: about 100 KiB. */
  public static final int PREFIXES = 4096;

  private AnnouncementPages() {}

  /** The messages in order; the first carries all but the prefixes of later pages. */
  public static List<Announce> split(Announcement announcement) {
    return split(announcement, PREFIXES);
  }

  static List<Announce> split(Announcement announcement, int prefixesPerPage) {
    List<Prefix> resolvers = announcement.resolverPrefixes();
    List<Prefix> clients = announcement.clientPrefixes();
    int prefixes = resolvers.size() + clients.size();
    int pages = Math.max(1, Math.ceilDiv(prefixes, prefixesPerPage));
    List<Announce> messages = new ArrayList<>(pages);
    for (int page = 0; page < pages; page++) {
      Announce.Builder message = page == 0 ? firstPage(announcement) : Announce.newBuilder();
      message.setVersion(announcement.version().toWire()).setPage(page).setPages(pages);
      int to = Math.min(prefixes, (page + 1) * prefixesPerPage);
      for (int i = page * prefixesPerPage; i < to; i++) {
        if (i < resolvers.size()) {
          message.addResolverPrefixes(WireAddresses.toWire(resolvers.get(i)));
        } else {
          message.addClientPrefixes(WireAddresses.toWire(clients.get(i - resolvers.size())));
        }
      }
      messages.add(message.build());
    }
    return messages;
  }

  private static Announce.Builder firstPage(Announcement announcement) {
    Announce.Builder message =
        Announce.newBuilder()
            .addAllAddresses(WireAddresses.toWire(announcement.addresses()))
            .setDnsPort(announcement.dnsPort())
            .setServicesInAdvance(announcement.inAdvance());
    announcement.announced().map(Instant::toEpochMilli).ifPresent(message::setAnnouncedEpochMillis);
    announcement.location().map(WireAddresses::toWire).ifPresent(message::setLocation);
    announcement.mapping().stream().map(WireAddresses::toWire).forEach(message::addMapping);
    return message;
  }
}
