package net.dglb.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.dglb.net.Prefix;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSIDOption;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** Builds queries as a resolver sends them: no recursion desired, EDNS, the server's id asked. */
final class Questions {

  /** The size that avoids fragments (DNS flag day 2020, RFC 9715). */
  private static final int PAYLOAD_BYTES = 1232;

  private final List<EDNSOption> options = new ArrayList<>();

  Questions(Optional<Prefix> subnet) {
    options.add(new NSIDOption(new byte[0]));
    subnet.ifPresent(
        prefix -> options.add(new ClientSubnetOption(prefix.length(), prefix.address())));
  }

  Message of(Name name, int type) {
    Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
    query.getHeader().unsetFlag(Flags.RD);
    query.addRecord(new OPTRecord(PAYLOAD_BYTES, 0, 0, 0, options), Section.ADDITIONAL);
    return query;
  }
}
