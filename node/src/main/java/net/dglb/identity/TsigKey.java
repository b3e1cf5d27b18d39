package net.dglb.identity;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import net.dglb.net.DomainName;

/**
 * A key that two parties share to sign DNS messages (RFC 8945): kept in a file as BIND writes it,
 * which {@code nsupdate -k} and {@code dig -k} read as well. The secret never appears in texts.
 */
public final class TsigKey {

  /** The shortest secret, in octets: a shorter one would be easier to guess than the signature. */
  public static final int MIN_OCTETS = 16;

  /** A comment, or what is quoted: Base64 may hold two slashes. */
  private static final Pattern COMMENT_OR_QUOTED =
      Pattern.compile("/\\*.*?\\*/|//[^\\n]*|#[^\\n]*|(\"[^\"]*\")", Pattern.DOTALL);

  private static final Pattern STATEMENT =
      Pattern.compile("\\s*key\\s+\"?([^\"\\s{]+)\"?\\s*\\{([^{}]*)}\\s*;?\\s*");
  private static final Pattern CLAUSE =
      Pattern.compile("(algorithm|secret)\\s+\"?([^\"\\s;]+)\"?\\s*;");

  private final DomainName name;
  private final TsigAlgorithm algorithm;
  private final byte[] secret;

  /**
   * Makes a key of its parts.
   *
   * @throws IllegalArgumentException if the secret is too short
   */
  public TsigKey(DomainName name, TsigAlgorithm algorithm, byte[] secret) {
    if (secret.length < MIN_OCTETS) {
      throw new IllegalArgumentException(
          "secret of " + secret.length + " octets (expected: at least " + MIN_OCTETS + ")");
    }
    this.name = name;
    this.algorithm = algorithm;
    this.secret = secret.clone();
  }

  /** A new key with a random secret. */
  public static TsigKey random(DomainName name, TsigAlgorithm algorithm) {
    byte[] secret = new byte[algorithm.octets()];
    new SecureRandom().nextBytes(secret);
    return new TsigKey(name, algorithm, secret);
  }

  /**
   * Reads a key file.
   *
   * @throws IdentityException if the file cannot be read, is open to others or holds no such key
   */
  public static TsigKey load(Path file) throws IdentityException {
    String text = COMMENT_OR_QUOTED.matcher(PrivateFile.read(file, "key")).replaceAll("$1");
    Matcher statement = STATEMENT.matcher(text);
    if (!statement.matches()) {
      throw new IdentityException(
          file
              + ": not a key (expected: one statement key \"NAME\" { algorithm hmac-sha256; secret"
              + " \"BASE64\"; };)");
    }
    try {
      String body = statement.group(2);
      return new TsigKey(
          DomainName.of(statement.group(1)),
          algorithm(clause(body, "algorithm")),
          decoded(clause(body, "secret")));
    } catch (IllegalArgumentException e) {
      throw new IdentityException(file + ": " + e.getMessage());
    }
  }

  private static byte[] decoded(String secret) {
    try {
      return Base64.getDecoder().decode(secret);
    } catch (IllegalArgumentException e) { // its message would quote the secret
      throw new IllegalArgumentException("secret is not base64");
    }
  }

  private static TsigAlgorithm algorithm(String word) {
    return TsigAlgorithm.ofWord(word)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "algorithm: "
                    + word
                    + " (expected: "
                    + String.join(
                        ", ",
                        Arrays.stream(TsigAlgorithm.values()).map(TsigAlgorithm::word).toList())
                    + ")"));
  }

  private static String clause(String body, String wanted) {
    Matcher clause = CLAUSE.matcher(body);
    while (clause.find()) {
      if (clause.group(1).equals(wanted)) {
        return clause.group(2);
      }
    }
    throw new IllegalArgumentException(wanted + ": missing");
  }

  /**
   * Writes the key to a new file that only its owner can read.
   *
   * @throws IdentityException if the file exists or cannot be written
   */
  public void write(Path file) throws IdentityException {
    PrivateFile.create(file, text());
  }

  /** The content of a key file, secret and all. */
  public String text() {
    return """
    key "%s" {
    \talgorithm %s;
    \tsecret "%s";
    };
    """
        .formatted(name, algorithm.word(), Base64.getEncoder().encodeToString(secret));
  }

  /** What both parties call it. */
  public DomainName name() {
    return name;
  }

  /** How it signs. */
  public TsigAlgorithm algorithm() {
    return algorithm;
  }

  /** The secret for the JCA. */
  public SecretKeySpec secret() {
    return new SecretKeySpec(secret, algorithm.jcaName());
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "TsigKey(" + name + ", " + algorithm.word() + ")";
  }
}
