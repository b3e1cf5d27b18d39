package net.dglb.backbone.update;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.dglb.dns.zone.Names;
import net.dglb.service.TextSet;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** TXT records between dnsjava's form and the model's. */
final class TextRecords {

  private TextRecords() {}

  static List<Record> of(TextSet set) {
    Name owner = Names.of(set.name());
    return set.data().stream()
        .map(data ->
            Record.newRecord(
                owner,
                Type.TXT,
                DClass.IN,
                set.ttlSeconds(),
                data.getBytes(StandardCharsets.ISO_8859_1)))
        .toList();
  }

  /** A record's RDATA, one character for each octet. */
  static String data(Record record) {
    return new String(record.rdataToWireCanonical(), StandardCharsets.ISO_8859_1);
  }
}
