package net.dglb.authority;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.dglb.authority.keys.DnssecSettings;
import net.dglb.config.ConfigSection;
import net.dglb.dns.transfer.NotifyTarget;
import net.dglb.dns.transfer.TransferRule;
import net.dglb.net.DomainName;

/**
 * A zone to serve.
 *
 * @param origin its apex
 * @param file its master file (RFC 1035 section 5)
 * @param transfer who may have the whole of it
 * @param notified who is told of its changes
 * @param dnssec how it is signed; empty if it is not
 */
public record ZoneSource(
    DomainName origin,
    Path file,
    List<TransferRule> transfer,
    List<NotifyTarget> notified,
    Optional<DnssecSettings> dnssec) {

  /** Copies the lists. */
  public ZoneSource {
    transfer = List.copyOf(transfer);
    notified = List.copyOf(notified);
  }

  /** A zone without secondaries and signatures. */
  public ZoneSource(DomainName origin, Path file) {
    this(origin, file, List.of(), List.of(), Optional.empty());
  }

  static ZoneSource read(ConfigSection section) {
    return new ZoneSource(
        section.domainName("origin"),
        section.readableFile("file"),
        section.has("transfer") ? TransferRule.readAll(section, "transfer") : List.of(),
        section.has("notify") ? NotifyTarget.readAll(section, "notify") : List.of(),
        section.optionalSection("dnssec").map(DnssecSettings::read));
  }
}
