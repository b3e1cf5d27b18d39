package net.dglb.service;

import java.util.Optional;
import net.dglb.net.DomainName;

/**
 * A broken rule and where it is broken.
 *
 * @param service the service concerned; empty if it is the zone itself
 * @param key the key in that service's, or the zone's, part of a registration document
 * @param text what was wrong and what was expected
 */
record Violation(Optional<DomainName> service, String key, String text) {

  static Violation ofZone(String key, String text) {
    return new Violation(Optional.empty(), key, text);
  }

  static Violation of(DomainName service, String key, String text) {
    return new Violation(Optional.of(service), key, text);
  }

  /** One line for people who have no file to look into. */
  String line() {
    return service.map(name -> name + ": ").orElse("") + (key.isEmpty() ? "" : key + ": ") + text;
  }
}
