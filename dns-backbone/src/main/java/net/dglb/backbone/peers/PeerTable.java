package net.dglb.backbone.peers;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.dglb.backbone.map.Entry;
import net.dglb.backbone.map.EntryTable;
import net.dglb.backbone.map.EntryVersion;
import net.dglb.backbone.wire.NodeRecord;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.time.Timeline;

/**
 * All backbone nodes known, this one included, also those that are down: enterprises copied their
 * names. Lives on the control thread.
 */
public final class PeerTable {

  private BackbonePeer self;
  private final EntryTable table;
  private Duration expiry;
  private final Timeline timeline;

  /** Types a table; says nothing of this node yet. */
  public PeerTable(BackbonePeer self, EntryTable table, Duration expiry, Timeline timeline) {
    this.self = self;
    this.table = table;
    this.expiry = expiry;
    this.timeline = timeline;
  }

  /** Keeps entries for this long from now on. */
  public void expiry(Duration next) {
    expiry = next;
  }

  /** Who is called when a node is new or has changed. */
  public void onChange(Runnable listener) {
    table.onChange(_ -> listener.run());
  }

  /** This node is like this now, and says so; its id stays. */
  public void self(BackbonePeer next) {
    self = next;
    announceSelf();
  }

  /** Says who this node is, again once half of the expiry has passed. */
  public void announceSelf() {
    ByteString content = write(self);
    Optional<Entry> said = table.get(self.id());
    boolean fresh =
        said.filter(entry -> entry.content().equals(content))
            .filter(entry -> entry.expiresAt().isAfter(timeline.now().plus(expiry.dividedBy(2))))
            .isPresent();
    if (!fresh) {
      long generation =
          Math.max(
              timeline.now().toEpochMilli(),
              said.map(entry -> entry.version().generation() + 1).orElse(0L));
      table.offer(
          new Entry(
              self.id(),
              new EntryVersion(generation, 0),
              false,
              timeline.now().plus(expiry),
              content));
    }
  }

  /** This node first, then the others by id. */
  public List<BackbonePeer> all() {
    Map<String, BackbonePeer> others = new TreeMap<>();
    table.entries().forEach(entry -> read(entry).ifPresent(peer -> others.put(peer.id(), peer)));
    others.remove(self.id());
    return Stream.concat(Stream.of(self), others.values().stream()).toList();
  }

  /** The names of the backbone's name servers, with the addresses that refer. */
  public Map<DomainName, Set<InetAddress>> nameServers() {
    Map<DomainName, Set<InetAddress>> servers = new LinkedHashMap<>();
    all().forEach(peer -> servers.put(peer.name(), Set.copyOf(peer.addresses())));
    return servers;
  }

  private static ByteString write(BackbonePeer peer) {
    NodeRecord.Builder record = NodeRecord.newBuilder().setName(peer.name().toString());
    peer.addresses().forEach(a -> record.addAddresses(ByteString.copyFrom(a.getAddress())));
    peer.labelAddresses()
        .forEach(a -> record.addLabelAddresses(ByteString.copyFrom(a.getAddress())));
    peer.mapping().forEach(endpoint -> record.addMapping(endpoint.toString()));
    return record.build().toByteString();
  }

  private static Optional<BackbonePeer> read(Entry entry) {
    try {
      NodeRecord record = NodeRecord.parseFrom(entry.content());
      return Optional.of(
          new BackbonePeer(
              entry.key(),
              DomainName.of(record.getName()),
              record.getAddressesList().stream().map(PeerTable::address).toList(),
              record.getLabelAddressesList().stream().map(PeerTable::address).toList(),
              record.getMappingList().stream().map(Endpoint::parse).toList()));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static InetAddress address(ByteString octets) {
    try {
      return InetAddress.getByAddress(octets.toByteArray());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
