package net.dglb.trace;

import io.netty.util.NetUtil;
import java.net.InetAddress;
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

  /** In the short form (RFC 5952). */
  static String of(InetAddress address) {
    return NetUtil.toAddressString(address);
  }

  /** A record's data in a master file's form; addresses in the short form. */
  static String data(Record record) {
    return record instanceof AAAARecord aaaa ? of(aaaa.getAddress()) : record.rdataToString();
  }
}
