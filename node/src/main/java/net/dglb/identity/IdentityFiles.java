package net.dglb.identity;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a node's identity lies on disk, all in PEM (RFC 7468).
 *
 * @param certificate the node's certificate
 * @param key its private key in PKCS #8, not readable by other users
 * @param authority the certificate of the network authority, the only one that is trusted
 */
public record IdentityFiles(Path certificate, Path key, Path authority) {

  /** All three, for watching. */
  public List<Path> all() {
    return List.of(certificate, key, authority);
  }
}
