package net.dglb.dns.serve;

import java.util.HashMap;
import java.util.Map;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.ExtendedError;
import net.dglb.dns.wire.NameTable;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.Rcode;
import net.dglb.dns.wire.RecordSet;
import net.dglb.dns.wire.RecordSetBuilder;
import net.dglb.dns.wire.RecordType;
import net.dglb.dns.wire.WireName;
import net.dglb.net.DomainName;

/**
 * Answers questions of class CH, which are about the server itself (RFC 4892). Immutable, shared by
 * all workers.
 */
final class ChaosAnswers {

  private final NameTable<RecordSet> texts;

  ChaosAnswers(ServerIdentity identity) {
    Map<WireName, RecordSet> table = new HashMap<>();
    put(table, "id.server", identity.id());
    put(table, "hostname.bind", identity.id());
    put(table, "version.bind", identity.version());
    put(table, "version.server", identity.version());
    texts = NameTable.of(table);
  }

  private static void put(Map<WireName, RecordSet> table, String name, String text) {
    if (text.isEmpty()) {
      return;
    }
    byte[] octets = ServerIdentity.octets(text);
    byte[] data = new byte[octets.length + 1];
    data[0] = (byte) octets.length;
    System.arraycopy(octets, 0, data, 1, octets.length);
    DomainName owner = DomainName.of(name);
    table.put(
        WireName.of(owner),
        new RecordSetBuilder(RecordType.TXT, 0, owner).chaos().data(data).build());
  }

  void answer(Query query, Answer answer) {
    RecordSet text = texts.find(query, 0);
    boolean wanted = query.type() == RecordType.TXT || query.type() == RecordType.ANY;
    if (text == null || !wanted) {
      answer.rcode(Rcode.REFUSED);
      answer.extendedError(ExtendedError.NOT_AUTHORITATIVE, ExtendedError.NO_TEXT);
      return;
    }
    answer.authoritative(true);
    answer.append(text, 0);
  }
}
