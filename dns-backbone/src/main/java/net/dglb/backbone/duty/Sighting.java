package net.dglb.backbone.duty;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one backbone node has seen of one label.
 *
 * @param answering holders that are verified and answered DNS when last asked
 * @param silent holders that are verified but did not answer when last asked
 */
record Sighting(Set<String> answering, Set<String> silent) {

  /** Copies the sets. */
  Sighting {
    answering = Set.copyOf(answering);
    silent = Set.copyOf(silent);
  }

  /** Whether a load balancer was verified for the label, whatever became of it since. */
  boolean hasVerified(String holder) {
    return answering.contains(holder) || silent.contains(holder);
  }

  /** The same of all others but one. */
  Sighting without(String holder) {
    return new Sighting(without(answering, holder), without(silent, holder));
  }

  private static Set<String> without(Set<String> holders, String holder) {
    return holders.stream().filter(id -> !id.equals(holder)).collect(Collectors.toSet());
  }
}
