package net.dglb.dns.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.dglb.dns.sign.SigningKey;
import net.dglb.net.DomainName;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.Message;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Whether every resolver validates while keys follow each other, for tests of all nodes that sign:
 * takes what is published at one moment after the other, and checks every combination of a DS set,
 * a DNSKEY set and an answer that some resolver may hold at that moment, with real signatures.
 */
public final class RollCheck {

  /** What was published from a moment on. */
  private record Version<T>(Instant from, T value) {}

  private final DomainName zone;
  private final Duration delegationAge;
  private final Duration keysAge;
  private final Duration recordsAge;
  private final List<Version<Set<String>>> delegations = new ArrayList<>();
  private final List<Version<RRset>> keys = new ArrayList<>();
  private final Map<String, List<Version<RRset>>> records = new HashMap<>();
  private final Set<List<Object>> valid = new HashSet<>();

  /**
   * Checks one zone.
   *
   * @param delegationAge how old a DS set may be that a resolver holds; the others likewise
   */
  public RollCheck(DomainName zone, Duration delegationAge, Duration keysAge, Duration recordsAge) {
    this.zone = zone;
    this.delegationAge = delegationAge;
    this.keysAge = keysAge;
    this.recordsAge = recordsAge;
  }

  /**
   * Takes what is published now.
   *
   * @param ds texts of the DS records' data; none: the zone is insecure, and nothing is checked
   * @param dnskey the answer to a question for the zone's keys
   * @param answers to other questions, with their signatures
   * @throws AssertionError if a resolver may hold what does not go together
   */
  public void publishes(Instant now, Set<String> ds, Message dnskey, List<Message> answers) {
    note(delegations, now, Set.copyOf(ds));
    for (RRset set : dnskey.getSectionRRsets(Section.ANSWER)) {
      if (set.getType() == Type.DNSKEY) {
        note(keys, now, set);
      }
    }
    for (Message answer : answers) {
      for (int section : new int[] {Section.ANSWER, Section.AUTHORITY}) {
        for (RRset set : answer.getSectionRRsets(section)) {
          if (!set.sigs().isEmpty()) {
            String name = set.getName() + " " + set.getType();
            note(records.computeIfAbsent(name, _ -> new ArrayList<>()), now, set);
          }
        }
      }
    }
    check(now);
  }

  private static <T> void note(List<Version<T>> versions, Instant now, T value) {
    if (versions.isEmpty() || !text(versions.getLast().value()).equals(text(value))) {
      versions.add(new Version<>(now, value));
    }
  }

  private static String text(Object value) {
    return value instanceof RRset set ? set + set.sigs().toString() : value.toString();
  }

  private void check(Instant now) {
    for (Set<String> ds : held(delegations, now, delegationAge)) {
      for (RRset keySet : held(keys, now, keysAge)) {
        if (ds.isEmpty()) {
          continue;
        }
        require(now, keySet, entry(ds, keySet), "DNSKEY set with DS " + ds);
        for (List<Version<RRset>> versions : records.values()) {
          for (RRset record : held(versions, now, recordsAge)) {
            require(now, record, keysOf(keySet), "answer with the keys " + keySet);
          }
        }
      }
    }
  }

  private static <T> List<T> held(List<Version<T>> versions, Instant now, Duration age) {
    List<T> held = new ArrayList<>();
    for (int i = 0; i < versions.size(); i++) {
      Instant end = i + 1 < versions.size() ? versions.get(i + 1).from() : Instant.MAX;
      if (end.isAfter(now.minus(age))) {
        held.add(versions.get(i).value());
      }
    }
    return held;
  }

  private List<DNSKEYRecord> entry(Set<String> ds, RRset keySet) {
    return keysOf(keySet).stream().filter(key -> ds.contains(ds(dsOf(key)))).toList();
  }

  private byte[] dsOf(DNSKEYRecord key) {
    return SigningKey.ds(zone, key.rdataToWireCanonical());
  }

  /** The text of a DS record's data as {@link #publishes} takes it. */
  public static String ds(byte[] data) {
    return Arrays.toString(data);
  }

  private static List<DNSKEYRecord> keysOf(RRset keySet) {
    List<DNSKEYRecord> found = new ArrayList<>();
    for (Record record : keySet.rrs(false)) {
      found.add((DNSKEYRecord) record);
    }
    return found;
  }

  private void require(Instant now, RRset set, List<DNSKEYRecord> by, String what) {
    if (by.stream().noneMatch(key -> verifies(now, set, key))) {
      throw new AssertionError("at %s: %s is bogus: %s".formatted(now, what, text(set)));
    }
  }

  private boolean verifies(Instant now, RRset set, DNSKEYRecord key) {
    for (RRSIGRecord signature : set.sigs()) {
      if (signature.getFootprint() != key.getFootprint()) {
        continue;
      }
      if (!signature.getExpire().isAfter(now)) {
        return false;
      }
      List<Object> known = List.of(text(set), key.toString());
      if (valid.contains(known)) {
        return true;
      }
      try {
        DNSSEC.verify(set, signature, key, now);
        valid.add(known);
        return true;
      } catch (DNSSEC.DNSSECException e) {
        return false;
      }
    }
    return false;
  }
}
