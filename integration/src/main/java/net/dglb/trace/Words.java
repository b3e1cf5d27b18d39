package net.dglb.trace;

import net.dglb.net.AddressLiteral;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** Names, addresses and data as people write them. */
final class Words {

  private Words() {}

  /** Without the final dot; the root is called so. */
  static String of(Name name) {
    return name.equals(Name.root) ? "the root" : name.toString(true);
  }

  /** A record's data in a master file's form; addresses in the short form. */
  static String data(Record record) {
    return record instanceof AAAARecord aaaa
        ? AddressLiteral.text(aaaa.getAddress())
        : record.rdataToString();
  }
}
