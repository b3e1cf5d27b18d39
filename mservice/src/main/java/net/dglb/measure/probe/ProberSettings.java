package net.dglb.measure.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.dglb.net.AddressFamily;
import net.dglb.net.AddressLiteral;

/**
 * How probes are made.
 *
 * @param localIpv4 the address that probes leave from; empty lets the system choose
 * @param localIpv6 the same for IPv6
 * @param trustedAuthorities a PEM file with the certificates that sites' certificates must lead to;
 *     empty means those that the system trusts
 * @param maxBodyBytes how much of an answer is read, 0 to 16 MiB; a longer one counts as whole then
 * @param userAgent names the product and, better, somebody to ask
 */
public record ProberSettings(
    Optional<InetAddress> localIpv4,
    Optional<InetAddress> localIpv6,
    Optional<Path> trustedAuthorities,
    long maxBodyBytes,
    String userAgent) {

  /** What probes call themselves if nothing else is configured. */
  public static final String USER_AGENT = "dglb-probe/1";

  /** System's choice of address and trust, 64 KiB of the body. */
  public static final ProberSettings DEFAULT =
      new ProberSettings(
          Optional.empty(), Optional.empty(), Optional.empty(), 64 * 1024, USER_AGENT);

  /** Checks the range and the families. */
  public ProberSettings {
    if (maxBodyBytes < 0 || maxBodyBytes > 16 << 20) {
      throw new IllegalArgumentException(
          "body limit: " + maxBodyBytes + " bytes (expected 0 to " + (16 << 20) + ")");
    }
    requireFamily(localIpv4, AddressFamily.IPV4);
    requireFamily(localIpv6, AddressFamily.IPV6);
  }

  /** The same with other local addresses: at most one of each family counts, the first. */
  public ProberSettings from(Iterable<InetAddress> locals) {
    Optional<InetAddress> ipv4 = Optional.empty();
    Optional<InetAddress> ipv6 = Optional.empty();
    for (InetAddress local : locals) {
      if (AddressFamily.of(local) == AddressFamily.IPV4) {
        ipv4 = ipv4.or(() -> Optional.of(local));
      } else {
        ipv6 = ipv6.or(() -> Optional.of(local));
      }
    }
    return new ProberSettings(ipv4, ipv6, trustedAuthorities, maxBodyBytes, userAgent);
  }

  /**
   * Reads a file of authorities for nothing but its problems.
   *
   * @throws IOException if it cannot be used, with a message for people
   */
  public static void checkTrust(Path authorities) throws IOException {
    Trust.fromPem(authorities);
  }

  /** The files that it names. */
  public List<Path> files() {
    return trustedAuthorities.stream().toList();
  }

  /** The address that probes of this family leave from. */
  Optional<InetAddress> local(AddressFamily family) {
    return family == AddressFamily.IPV4 ? localIpv4 : localIpv6;
  }

  private static void requireFamily(Optional<InetAddress> local, AddressFamily family) {
    local
        .filter(address -> AddressFamily.of(address) != family)
        .ifPresent(address -> {
          throw new IllegalArgumentException(
              "local address: "
                  + AddressLiteral.text(address)
                  + " (expected one of "
                  + family
                  + ")");
        });
  }
}
