package net.dglb.dns.serve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.X509ExtendedKeyManager;
import net.dglb.config.ConfigSection;
import net.dglb.config.FileCheck;
import net.dglb.identity.IdentityException;
import net.dglb.identity.ServerKeys;

/**
 * DNS over TLS (RFC 7858) on every listen address.
 *
 * @param port 1 to 65535; 0 takes a free one, for tests
 * @param certificate a PEM file with the chain
 * @param key a PEM file with the private key (PKCS 8)
 */
public record TlsSettings(int port, Path certificate, Path key) {

  private static final int MAX_PORT = 65_535;

  /** Checks the range. */
  public TlsSettings {
    Ranges.check("TLS port", port, 0, MAX_PORT);
  }

  static Optional<TlsSettings> read(ConfigSection tls) {
    int port = tls.integer("port", 1, MAX_PORT);
    Optional<Path> certificate = tls.optionalReadableFile("certificate");
    Optional<Path> key = tls.optionalReadableFile("key");
    if (certificate.isPresent() != key.isPresent()) {
      tls.problem(
          certificate.isPresent() ? "key" : "certificate",
          "missing (expected: certificate and key, or neither for no TLS)");
    }
    if (certificate.isEmpty() || key.isEmpty()) {
      return Optional.empty();
    }
    TlsSettings settings = new TlsSettings(port, certificate.get(), key.get());
    tls.onCheck("certificate", FileCheck.of(settings::keys));
    return Optional.of(settings);
  }

  /**
   * What the server shows.
   *
   * @throws IOException if the files cannot be used, with a message for people
   */
  X509ExtendedKeyManager keys() throws IOException {
    try {
      return ServerKeys.load(certificate, key);
    } catch (IdentityException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
