package net.dglb.dns.sign;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;

/** The signatures of a zone as it was signed before, as far as they may be used on. */
final class FormerSignatures {

  /** A set's place in a zone. */
  private record Place(Name owner, int type) {}

  private final Map<Place, Set<Record>> sets = new HashMap<>();
  private final Map<Place, List<Record>> signatures = new HashMap<>();
  private final Set<SigningKey> keys;
  private final Instant until;

  /**
   * Takes what was signed.
   *
   * @param keys the keys that must have signed a set, no more and no less
   * @param until the time that a signature must outlast
   */
  FormerSignatures(List<Record> signed, Set<SigningKey> keys, Instant until) {
    this.keys = keys;
    this.until = until;
    for (Record record : signed) {
      if (record instanceof RRSIGRecord rrsig) {
        signatures
            .computeIfAbsent(
                new Place(rrsig.getName(), rrsig.getTypeCovered()), _ -> new ArrayList<>())
            .add(rrsig);
      } else {
        sets.computeIfAbsent(place(record), _ -> new HashSet<>()).add(record);
      }
    }
  }

  private static Place place(Record record) {
    return new Place(record.getName(), record.getType());
  }

  /** The signatures over a set; none if it is another set, or they end too soon. */
  List<Record> of(List<Record> set) {
    Place place = place(set.getFirst());
    boolean same =
        new HashSet<>(set).equals(sets.getOrDefault(place, Set.of()))
            && sameTtl(set.getFirst(), sets.getOrDefault(place, Set.of()));
    return same && !isDue(place.owner(), place.type())
        ? signatures.getOrDefault(place, List.of())
        : List.of();
  }

  /** Whether the signatures at a place end too soon, are by other keys, or are not there. */
  boolean isDue(Name owner, int type) {
    List<Record> made = signatures.getOrDefault(new Place(owner, type), List.of());
    return made.size() != keys.size()
        || !keys.stream().allMatch(key -> made.stream().anyMatch(it -> holds(it, key)));
  }

  /** Records are equal whatever their TTL. */
  private static boolean sameTtl(Record record, Set<Record> former) {
    return former.stream().allMatch(it -> it.getTTL() == record.getTTL());
  }

  private boolean holds(Record record, SigningKey key) {
    return record instanceof RRSIGRecord rrsig
        && rrsig.getFootprint() == key.tag()
        && rrsig.getAlgorithm() == key.algorithm().number()
        && rrsig.getExpire().isAfter(until);
  }
}
