package net.dglb.backbone.announce;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import net.dglb.backbone.map.Entry;
import net.dglb.backbone.map.EntryVersion;
import net.dglb.mapping.wire.Address;
import net.dglb.mapping.wire.Announce;
import net.dglb.mapping.wire.EndpointAddress;
import net.dglb.net.Endpoint;
import net.dglb.net.Location;
import net.dglb.net.Prefix;

/** Reads announcements from messages and from entries of the resolver map, which hold the same. */
public final class WireAnnouncement {

  private WireAnnouncement() {}

  /**
   * Reads a whole announcement.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static Announcement read(String id, boolean withdrawn, Announce wire) {
    return new Announcement(
        id,
        new EntryVersion(wire.getVersion().getGeneration(), wire.getVersion().getCounter()),
        withdrawn,
        wire.getAddressesList().stream().map(WireAnnouncement::address).toList(),
        wire.getDnsPort() == 0 ? 53 : wire.getDnsPort(),
        prefixes(wire.getResolverPrefixesList()),
        prefixes(wire.getClientPrefixesList()),
        wire.hasLocation()
            ? Optional.of(
                new Location(wire.getLocation().getLatitude(), wire.getLocation().getLongitude()))
            : Optional.empty(),
        wire.getMappingList().stream().map(WireAnnouncement::endpoint).toList(),
        wire.getServicesInAdvance());
  }

  /** Reads an entry; empty if it holds no announcement. */
  public static Optional<Announcement> read(Entry entry) {
    try {
      return Optional.of(read(entry.key(), entry.deleted(), Announce.parseFrom(entry.content())));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What stays of an announcement in a tombstone: the version and where it stood. */
  static ByteString tombstone(ByteString content) {
    try {
      Announce whole = Announce.parseFrom(content);
      return whole.toBuilder()
          .clearAddresses()
          .clearResolverPrefixes()
          .clearClientPrefixes()
          .clearMapping()
          .build()
          .toByteString();
    } catch (InvalidProtocolBufferException e) {
      return ByteString.EMPTY;
    }
  }

  private static List<Prefix> prefixes(List<net.dglb.mapping.wire.Prefix> wire) {
    return wire.stream()
        .map(prefix -> new Prefix(address(prefix.getOctets()), prefix.getLength()))
        .distinct()
        .toList();
  }

  private static Endpoint endpoint(EndpointAddress wire) {
    return new Endpoint(address(wire.getAddress()), wire.getPort());
  }

  private static InetAddress address(Address wire) {
    return address(wire.getOctets());
  }

  private static InetAddress address(ByteString octets) {
    try {
      return InetAddress.getByAddress(octets.toByteArray());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "address of " + octets.size() + " octets (expected 4 or 16)", e);
    }
  }
}
