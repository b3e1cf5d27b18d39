package net.dglb.authority;

import java.nio.file.Path;
import java.util.List;
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
 */
public record ZoneSource(
    DomainName origin, Path file, List<TransferRule> transfer, List<NotifyTarget> notified) {

  /** Copies the lists. */
  public ZoneSource {
    transfer = List.copyOf(transfer);
    notified = List.copyOf(notified);
  }

  /** A zone without secondaries. */
  public ZoneSource(DomainName origin, Path file) {
    this(origin, file, List.of(), List.of());
  }

  static ZoneSource read(ConfigSection section) {
    return new ZoneSource(
        section.domainName("origin"),
        section.readableFile("file"),
        section.has("transfer") ? TransferRule.readAll(section, "transfer") : List.of(),
        section.has("notify") ? NotifyTarget.readAll(section, "notify") : List.of());
  }
}
