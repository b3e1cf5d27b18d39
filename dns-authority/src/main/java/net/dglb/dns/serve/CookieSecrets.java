package net.dglb.dns.serve;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.dglb.dns.wire.ServerCookies;
import net.dglb.identity.IdentityException;
import net.dglb.identity.Secret;

/** Reads the secrets of cookies from files that servers share. */
final class CookieSecrets {

  private CookieSecrets() {}

  /** One that no other server has. */
  static byte[] random() {
    byte[] random = new byte[ServerCookies.SECRET_OCTETS];
    new SecureRandom().nextBytes(random);
    return random;
  }

  /**
   * Takes the first 16 octets of each file's secret.
   *
   * @param own the secret of this server alone, for no files
   * @throws IOException if a file cannot be used, with a message for people
   */
  static List<byte[]> load(List<Path> files, byte[] own) throws IOException {
    List<byte[]> secrets = new ArrayList<>();
    for (Path file : files) {
      try {
        byte[] octets = Secret.load(file).key("SipHash-2-4").getEncoded();
        secrets.add(Arrays.copyOf(octets, ServerCookies.SECRET_OCTETS));
      } catch (IdentityException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
    return secrets.isEmpty() ? List.of(own) : secrets;
  }
}
