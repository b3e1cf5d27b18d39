package net.dglb.dns.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.dglb.dns.sign.SigningAlgorithm;
import net.dglb.dns.sign.SigningKey;

/**
 * Every combination of a DS set, a DNSKEY set and a record that a resolver may hold at one moment:
 * each as old as its TTL and the spreading among servers allow.
 */
final class Caches {

  /** What is published from a moment on. */
  private record Version(
      Instant from, Set<SigningKey> parent, List<SigningKey> keys, List<SigningKey> signers) {}

  private final KeyTimes times;
  private final List<Version> versions = new ArrayList<>();

  Caches(KeyTimes times) {
    this.times = times;
  }

  /** Notes what is published now, and fails if some resolver cannot validate any more. */
  void check(Instant now, Set<SigningKey> parent, KeyChain chain) {
    Version current = new Version(now, parent, chain.published(), chain.signing());
    if (versions.isEmpty() || !same(versions.getLast(), current)) {
      versions.add(current);
    }
    for (Version delegation : within(now, times.delegations())) {
      for (Version keySet : within(now, times.keySets())) {
        for (Version record : within(now, times.records())) {
          String why = failure(delegation.parent(), keySet, record);
          if (!why.isEmpty()) {
            throw new AssertionError(
                "at %s: %s%n DS %s%n DNSKEY %s%n record %s%n now %s"
                    .formatted(now, why, delegation, keySet, record, chain));
          }
        }
      }
    }
  }

  private static boolean same(Version one, Version other) {
    return one.parent().equals(other.parent())
        && one.keys().equals(other.keys())
        && one.signers().equals(other.signers());
  }

  /** The versions that were current at some time since. */
  private List<Version> within(Instant now, Duration age) {
    List<Version> held = new ArrayList<>();
    Instant oldest = now.minus(age);
    for (int i = 0; i < versions.size(); i++) {
      boolean current = i == versions.size() - 1;
      if (current || versions.get(i + 1).from().isAfter(oldest)) {
        held.add(versions.get(i));
      }
    }
    return held;
  }

  /** Why a resolver with these cannot validate; empty if it can, or expects no signatures. */
  private static String failure(Set<SigningKey> parent, Version keySet, Version record) {
    if (parent.isEmpty()) {
      return "";
    }
    Set<SigningKey> trusted = new HashSet<>(parent);
    trusted.retainAll(keySet.keys());
    trusted.retainAll(keySet.signers());
    if (trusted.isEmpty()) {
      return "no DS record points at a key of the DNSKEY set";
    }
    for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
      boolean expected = keySet.keys().stream().anyMatch(key -> key.algorithm() == algorithm);
      boolean signed =
          keySet.keys().stream()
              .anyMatch(key -> key.algorithm() == algorithm && record.signers().contains(key));
      if (expected && !signed) {
        return "the record has no signature of algorithm " + algorithm;
      }
    }
    return "";
  }
}
