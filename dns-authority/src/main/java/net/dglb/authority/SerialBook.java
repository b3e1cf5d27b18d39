package net.dglb.authority;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.dglb.net.DomainName;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;

/**
 * Gives every published state of a zone a serial that grows (RFC 1982), also over restarts: the
 * master file's own where that is higher, else one more than the last. The same content keeps its
 * serial. Belongs to the control thread.
 */
final class SerialBook {

  private static final int DIGEST_OCTETS = 32;
  private static final long HALF = 1L << 31;
  private static final long MASK = 0xffffffffL;

  private final Map<String, byte[]> book;

  /** Keeps its book in a durable map; committing is the caller's. */
  SerialBook(Map<String, byte[]> book) {
    this.book = book;
  }

  /** The records with the SOA record's serial replaced. Without an SOA record they stay as is. */
  List<Record> number(DomainName origin, List<Record> records) {
    List<Record> numbered = new ArrayList<>(records);
    for (int i = 0; i < numbered.size(); i++) {
      if (numbered.get(i) instanceof SOARecord soa) {
        numbered.set(i, withSerial(soa, serial(origin, soa, records)));
      }
    }
    return numbered;
  }

  private long serial(DomainName origin, SOARecord soa, List<Record> records) {
    byte[] digest = digest(records);
    byte[] entry = book.get(origin.toString());
    if (entry == null || entry.length != Integer.BYTES + DIGEST_OCTETS) {
      return write(origin, soa.getSerial(), digest);
    }
    long last = ByteBuffer.wrap(entry).getInt() & MASK;
    boolean same = Arrays.equals(digest, Arrays.copyOfRange(entry, Integer.BYTES, entry.length));
    long distance = (soa.getSerial() - last) & MASK;
    boolean fileIsAhead = distance != 0 && distance < HALF;
    if (fileIsAhead) {
      return write(origin, soa.getSerial(), digest);
    }
    return same ? last : write(origin, (last + 1) & MASK, digest);
  }

  private long write(DomainName origin, long serial, byte[] digest) {
    byte[] entry =
        ByteBuffer.allocate(Integer.BYTES + DIGEST_OCTETS).putInt((int) serial).put(digest).array();
    book.put(origin.toString(), entry);
    return serial;
  }

  /** Of everything but the serial, in an order that does not depend on the file's. */
  private static byte[] digest(List<Record> records) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      records.stream()
          .map(record -> record instanceof SOARecord soa ? withSerial(soa, 0) : record)
          .map(record -> record.getTTL() + " " + record)
          .sorted()
          .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SOARecord withSerial(SOARecord soa, long serial) {
    return new SOARecord(
        soa.getName(),
        soa.getDClass(),
        soa.getTTL(),
        soa.getHost(),
        soa.getAdmin(),
        serial,
        soa.getRefresh(),
        soa.getRetry(),
        soa.getExpire(),
        soa.getMinimum());
  }
}
