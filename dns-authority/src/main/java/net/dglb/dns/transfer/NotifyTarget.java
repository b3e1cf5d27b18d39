package net.dglb.dns.transfer;

import java.util.List;
import java.util.Optional;
import net.dglb.config.ConfigSection;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;

/**
 * A secondary that is told when a zone has changed.
 *
 * @param to where it listens
 * @param key the name of the key that it is told with; empty for none
 */
public record NotifyTarget(Endpoint to, Optional<DomainName> key) {

  /** Reads the targets of a list; problems stay with the sections. */
  public static List<NotifyTarget> readAll(ConfigSection zone, String list) {
    return zone.sections(list).stream()
        .map(section -> new NotifyTarget(section.endpoint("to"), section.optionalDomainName("key")))
        .toList();
  }
}
