package net.dglb.backbone.duty;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.dglb.backbone.wire.LabelSightings;
import net.dglb.net.DomainName;

/** The content of an entry: what one backbone node has seen of the labels of one place. */
final class SightingPage {

  private SightingPage() {}

  /** Writes a page; the same sightings always give the same octets. */
  static ByteString write(Map<DomainName, Sighting> sightings) {
    Map<Sighting, LabelSightings.Group.Builder> groups = new LinkedHashMap<>();
    new TreeMap<>(sightings)
        .forEach((service, sighting) ->
            groups.computeIfAbsent(sighting, SightingPage::group).addServices(service.toString()));
    LabelSightings.Builder page = LabelSightings.newBuilder();
    groups.values().forEach(page::addGroups);
    return page.build().toByteString();
  }

  private static LabelSightings.Group.Builder group(Sighting sighting) {
    return LabelSightings.Group.newBuilder()
        .addAllAnswering(new TreeSet<>(sighting.answering()))
        .addAllSilent(new TreeSet<>(sighting.silent()));
  }

  /** Reads a page; empty if it is none. */
  static Optional<Map<DomainName, Sighting>> read(ByteString content) {
    try {
      Map<DomainName, Sighting> sightings = new LinkedHashMap<>();
      for (LabelSightings.Group group : LabelSightings.parseFrom(content).getGroupsList()) {
        Sighting sighting = new Sighting(set(group.getAnsweringList()), set(group.getSilentList()));
        group.getServicesList().forEach(name -> sightings.put(DomainName.of(name), sighting));
      }
      return Optional.of(sightings);
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Set<String> set(Iterable<String> ids) {
    Set<String> set = new LinkedHashSet<>();
    ids.forEach(set::add);
    return set;
  }
}
