package net.dglb.identity;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that nodes share through a file: one line of base64, at least 32 octets, not readable by
 * other users. Its value never appears in texts.
 */
public final class Secret {

  /** The shortest secret, in octets: as long as the output of HMAC-SHA-256 (RFC 2104 section 3). */
  public static final int MIN_OCTETS = 32;

  private final byte[] value;

  private Secret(byte[] value) {
    this.value = value;
  }

  /**
   * Reads a secret.
   *
   * @throws IdentityException if the file cannot be read, is open to others or is too short
   */
  public static Secret load(Path file) throws IdentityException {
    String text = PrivateFile.read(file, "secret").strip();
    byte[] value;
    try {
      value = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IdentityException(file + ": secret is not base64 (expected: one line of base64)");
    }
    if (value.length < MIN_OCTETS) {
      throw new IdentityException(
          file + ": secret of " + value.length + " octets (expected: at least " + MIN_OCTETS + ")");
    }
    return new Secret(value);
  }

  /**
   * Makes a random secret of 32 octets in a new file that only its owner can read.
   *
   * @throws IdentityException if the file exists or cannot be written
   */
  public static Secret create(Path file) throws IdentityException {
    byte[] value = new byte[MIN_OCTETS];
    new SecureRandom().nextBytes(value);
    PrivateFile.create(file, Base64.getEncoder().encodeToString(value) + "\n");
    return new Secret(value);
  }

  /** The secret as a key of the JCA, for example for {@code HmacSHA256}. */
  public SecretKeySpec key(String algorithm) {
    return new SecretKeySpec(value, algorithm);
  }

  /** Never the value. */
  @Override
  public String toString() {
    return "Secret(" + value.length + " octets)";
  }
}
