package net.dglb.authority;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Records written as in a master file. */
final class Records {

  private Records() {}

  static List<Record> of(String... lines) {
    byte[] text = String.join("\n", lines).getBytes(StandardCharsets.US_ASCII);
    List<Record> records = new ArrayList<>();
    try (Master master = new Master(new ByteArrayInputStream(text), Name.root, 300)) {
      for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
        records.add(record);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return records;
  }

  /** Each as {@code owner ttl type data}. */
  static List<String> text(List<Record> records) {
    return records.stream()
        .map(record ->
            "%s %d %s %s"
                .formatted(
                    record.getName(),
                    record.getTTL(),
                    Type.string(record.getType()),
                    record.rdataToString()))
        .toList();
  }
}
