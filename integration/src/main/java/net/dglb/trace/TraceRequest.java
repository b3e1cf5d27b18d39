package net.dglb.trace;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import net.dglb.net.AddressFamily;
import net.dglb.net.Prefix;
import org.xbill.DNS.Name;

/**
 * What to look up, and from where to begin.
 *
 * @param name an absolute name
 * @param type a record type of {@link org.xbill.DNS.Type}
 * @param roots addresses of the root's servers; at least one
 * @param port the port of every name server, 1 to 65535
 * @param subnet sent as the client subnet option (RFC 7871) with every question
 * @param family the family of the name servers' addresses
 */
public record TraceRequest(
    Name name,
    int type,
    List<InetAddress> roots,
    int port,
    Optional<Prefix> subnet,
    AddressFamily family) {

  /** Checks that the name is absolute, that there is a root and that the port is one. */
  public TraceRequest {
    roots = List.copyOf(roots);
    if (!name.isAbsolute()) {
      throw new IllegalArgumentException("name: " + name + " (expected an absolute name)");
    }
    if (roots.isEmpty()) {
      throw new IllegalArgumentException("roots: none (expected at least one address)");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port: " + port + " (expected 1 to 65535)");
    }
  }
}
