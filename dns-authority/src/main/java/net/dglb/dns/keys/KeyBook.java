package net.dglb.dns.keys;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import net.dglb.net.DomainName;

/** The keys of a node, as its admin API shows and changes them. Used on the control thread. */
public interface KeyBook {

  /**
   * One zone's keys.
   *
   * @param name the zone; or who signs, where one key is for many zones
   * @param leaving whether it is on its way to be unsigned
   * @param isZone whether a DS record can be told for the name
   */
  record Entry(DomainName name, KeyChain chain, boolean leaving, boolean isZone) {}

  /** Every zone that is signed here. */
  Collection<Entry> entries();

  /** Per zone why its keys cannot be used. */
  Map<DomainName, String> problems();

  /**
   * Changes a zone's keys.
   *
   * @return why it did not come to pass; empty if it is stored
   * @throws IllegalArgumentException if the change is not possible now
   */
  CompletableFuture<Optional<String>> change(DomainName name, KeyChange change);

  /**
   * Gives lost keys up.
   *
   * @throws IllegalArgumentException if the zone's keys can be used
   */
  default void forget(DomainName name) {
    throw new IllegalArgumentException(
        name + ": its keys are not lost (expected: a zone under problems of keys list)");
  }
}
