package net.dglb.dns.zone;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.dglb.decision.HttpsAnswers;
import net.dglb.service.HttpsBinding;

/** The data of HTTPS records in service mode, whose target is their owner (RFC 9460). */
public final class ServiceBinding {

  /** Keys of RFC 9460 section 14.3.2, in the order in which they must stand. */
  private static final int ALPN = 1;

  private static final int NO_DEFAULT_ALPN = 2;
  private static final int PORT = 3;
  private static final int IPV4_HINT = 4;
  private static final int IPV6_HINT = 6;

  private final ByteArrayOutputStream wire = new ByteArrayOutputStream();

  private ServiceBinding() {}

  /**
   * The data of one record.
   *
   * @param priority 1 for the best
   * @param hints what is said of its addresses; none of a family to say nothing of it
   */
  public static byte[] encode(int priority, HttpsBinding service, HttpsAnswers.Hints hints) {
    ServiceBinding data = new ServiceBinding();
    data.writeShort(priority);
    data.wire.write(0);
    if (!service.alpn().isEmpty()) {
      data.write(ALPN, alpn(service.alpn()));
    }
    if (!service.defaultAlpn()) {
      data.write(NO_DEFAULT_ALPN, new byte[0]);
    }
    if (service.port() != 0) {
      data.write(PORT, new byte[] {(byte) (service.port() >>> 8), (byte) service.port()});
    }
    data.hints(IPV4_HINT, hints.ipv4());
    data.hints(IPV6_HINT, hints.ipv6());
    return data.wire.toByteArray();
  }

  /** The data of the records of one answer, the best first. */
  public static List<byte[]> encode(HttpsBinding service, List<HttpsAnswers.Hints> choice) {
    List<byte[]> records = new ArrayList<>();
    choice.forEach(hints -> records.add(encode(records.size() + 1, service, hints)));
    return records;
  }

  private static byte[] alpn(List<String> ids) {
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    for (String id : ids) {
      value.write(id.length());
      value.writeBytes(id.getBytes(StandardCharsets.US_ASCII));
    }
    return value.toByteArray();
  }

  private void hints(int key, List<InetAddress> addresses) {
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    addresses.forEach(address -> value.writeBytes(address.getAddress()));
    if (!addresses.isEmpty()) {
      write(key, value.toByteArray());
    }
  }

  private void write(int key, byte[] value) {
    writeShort(key);
    writeShort(value.length);
    wire.writeBytes(value);
  }

  private void writeShort(int value) {
    wire.write(value >>> 8);
    wire.write(value);
  }
}
