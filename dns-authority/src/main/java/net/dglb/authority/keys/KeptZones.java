package net.dglb.authority.keys;

import java.util.List;
import net.dglb.net.DomainName;
import org.xbill.DNS.Record;

/** Durable copies of zones, here of signed ones, so that a restart signs nothing anew. */
public interface KeptZones {

  /** Keeps the records of a zone. */
  void put(DomainName zone, List<Record> records);

  /** The kept records; none if there are none or they cannot be read. */
  List<Record> get(DomainName zone);

  /** Keeps nothing of a zone any more. */
  void remove(DomainName zone);
}
