package net.dglb.lab.files;

import java.net.InetAddress;
import java.util.Collection;
import java.util.stream.Collectors;
import net.dglb.net.Endpoint;

/** Values as HOCON text. */
final class Hocon {

  private Hocon() {}

  static String text(Object value) {
    return '"' + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  static String list(Collection<?> values) {
    return values.stream()
        .map(value -> value instanceof InetAddress a ? a.getHostAddress() : value)
        .map(Hocon::text)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  static String endpoints(Collection<InetAddress> addresses, int port) {
    return list(addresses.stream().map(address -> new Endpoint(address, port)).toList());
  }
}
