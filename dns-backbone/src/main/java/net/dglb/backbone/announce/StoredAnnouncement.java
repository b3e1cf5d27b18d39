package net.dglb.backbone.announce;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import net.dglb.backbone.map.Entry;
import net.dglb.mapping.convert.Announcement;
import net.dglb.mapping.convert.AnnouncementAssembler;
import net.dglb.mapping.convert.AnnouncementPages;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.wire.Announce;
import net.dglb.net.Prefix;

/**
 * An announcement as the resolver map has it: the pages as they came over the wire, each after its
 * length. Of a load balancer that withdrew, or that nobody has heard for too long, nothing counts
 * but who it was, where it stood and beside which resolvers: those that still hold its label are
 * referred to who is nearest to them.
 *
 * @param announcement the last statement
 * @param withdrawn whether it holds no longer
 */
public record StoredAnnouncement(Announcement announcement, boolean withdrawn) {

  /** The load balancer's name in the network, and the label before a service's name. */
  public String id() {
    return announcement.loadBalancer();
  }

  /** Where it answers DNS; none if it withdrew. */
  public List<InetAddress> addresses() {
    return withdrawn ? List.of() : announcement.addresses();
  }

  /** The resolvers that it stands beside; none if it withdrew. */
  public List<Prefix> resolverPrefixes() {
    return withdrawn ? List.of() : announcement.resolverPrefixes();
  }

  /** The clients that it stands beside; none if it withdrew. */
  public List<Prefix> clientPrefixes() {
    return withdrawn ? List.of() : announcement.clientPrefixes();
  }

  /** The same after it withdrew, or when nobody has heard of it for too long. */
  StoredAnnouncement asWithdrawn() {
    return new StoredAnnouncement(announcement, true);
  }

  /** The same with fewer prefixes; of one that withdrew they do not count anyway. */
  StoredAnnouncement withPrefixes(List<Prefix> resolvers, List<Prefix> clients) {
    if (withdrawn || (resolvers.equals(resolverPrefixes()) && clients.equals(clientPrefixes()))) {
      return this;
    }
    return new StoredAnnouncement(
        new Announcement(
            id(),
            announcement.version(),
            announcement.announced(),
            announcement.addresses(),
            announcement.dnsPort(),
            resolvers,
            clients,
            announcement.location(),
            announcement.inAdvance(),
            announcement.mapping()),
        false);
  }

  /** Reads an entry; empty if it holds no announcement. */
  static Optional<StoredAnnouncement> read(Entry entry) {
    AnnouncementAssembler pages = new AnnouncementAssembler(entry.key());
    try (InputStream content = entry.content().newInput()) {
      Optional<Announcement> whole = Optional.empty();
      for (Announce page = Announce.parseDelimitedFrom(content);
          page != null;
          page = Announce.parseDelimitedFrom(content)) {
        whole = pages.add(page);
      }
      return whole.map(it -> new StoredAnnouncement(it, entry.deleted()));
    } catch (IOException | MalformedMessageException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The content of an entry. */
  static ByteString content(Announcement announcement) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try {
      for (Announce page : AnnouncementPages.split(announcement)) {
        page.writeDelimitedTo(content);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be written", e);
    }
    return ByteString.copyFrom(content.toByteArray());
  }
}
