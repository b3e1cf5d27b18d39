package net.dglb.service;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import net.dglb.config.ConfigException;
import net.dglb.config.ConfigProblem;
import net.dglb.identity.SigningKey;
import net.dglb.identity.VerifyingKey;

/**
 * A registration document that its enterprise signed, for ways on which nobody can be asked: a file
 * with four comment lines above the document, which stays readable by every HOCON reader.
 *
 * <pre>
 * # dglb-signed-registration 1
 * # enterprise foobar
 * # version 1795896000
 * # signature uIX2...
 * registration { ... }
 * </pre>
 *
 * <p>The signature is over every octet of the file but its own line.
 */
public final class SignedRegistration {

  /** The longest file, in octets. */
  public static final int MAX_OCTETS = 3 << 20;

  private static final String FORM = "# dglb-signed-registration 1";
  private static final String ENTERPRISE = "# enterprise ";
  private static final String VERSION = "# version ";
  private static final String SIGNATURE = "# signature ";

  private final EnterpriseZone zone;
  private final byte[] signed;
  private final byte[] signature;

  private SignedRegistration(EnterpriseZone zone, byte[] signed, byte[] signature) {
    this.zone = zone;
    this.signed = signed;
    this.signature = signature;
  }

  /** The zone with the version that it is to have. */
  public EnterpriseZone zone() {
    return zone;
  }

  /**
   * Signs a document.
   *
   * @param name stands for the file in problems
   * @param version that the zone is to have: above the one that is registered
   * @return the text of the signed file
   * @throws ConfigException with every problem of the document
   */
  public static String sign(String name, String document, long version, SigningKey key)
      throws ConfigException {
    if (version < 1) {
      throw new IllegalArgumentException("version: " + version + " (expected: from 1)");
    }
    EnterpriseZone zone = RegistrationDocument.readForeign(name, document);
    String above = FORM + "\n" + ENTERPRISE + zone.enterprise() + "\n" + VERSION + version + "\n";
    byte[] signature = key.sign((above + document).getBytes(StandardCharsets.UTF_8));
    return above + SIGNATURE + Base64.getEncoder().encodeToString(signature) + "\n" + document;
  }

  /**
   * Reads a signed file; whether the signature is good is another question ({@link #isBy}).
   *
   * @param name stands for the file in problems
   * @throws ConfigException with every problem, each with its line
   */
  public static SignedRegistration read(String name, String text) throws ConfigException {
    String[] lines = text.split("\n", 5);
    List<ConfigProblem> problems = new ArrayList<>();
    if (lines.length < 5 || !lines[0].equals(FORM)) {
      throw new ConfigException(
          List.of(
              new ConfigProblem(name, 1, "", "no signed registration (expected: " + FORM + ")")));
    }
    String enterprise = header(name, lines, 1, ENTERPRISE, problems);
    long version = number(name, header(name, lines, 2, VERSION, problems), problems);
    byte[] signature = octets(name, header(name, lines, 3, SIGNATURE, problems), problems);
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    EnterpriseZone zone = RegistrationDocument.readForeign(name, text);
    if (!zone.enterprise().equals(enterprise)) {
      throw new ConfigException(
          List.of(
              new ConfigProblem(
                  name,
                  2,
                  "enterprise",
                  enterprise + " (expected: " + zone.enterprise() + ", as in the document)")));
    }
    String signed = lines[0] + "\n" + lines[1] + "\n" + lines[2] + "\n" + lines[4];
    return new SignedRegistration(
        zone.withVersion(version), signed.getBytes(StandardCharsets.UTF_8), signature);
  }

  private static String header(
      String name, String[] lines, int index, String start, List<ConfigProblem> problems) {
    if (lines[index].startsWith(start)) {
      return lines[index].substring(start.length()).strip();
    }
    problems.add(
        new ConfigProblem(name, index + 1, "", "missing (expected: " + start.strip() + " ...)"));
    return "";
  }

  private static long number(String name, String text, List<ConfigProblem> problems) {
    if (text.matches("[1-9][0-9]{0,17}")) {
      return Long.parseLong(text);
    }
    if (!text.isEmpty()) {
      problems.add(
          new ConfigProblem(name, 3, "version", text + " (expected: a whole number from 1)"));
    }
    return 0;
  }

  /** Each sequence of octets has one text only: bits that base64 leaves unused must be zero. */
  private static byte[] octets(String name, String text, List<ConfigProblem> problems) {
    try {
      byte[] octets = Base64.getDecoder().decode(text);
      if (Base64.getEncoder().encodeToString(octets).equals(text)) {
        return octets;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    problems.add(new ConfigProblem(name, 4, "signature", "not in base64"));
    return new byte[0];
  }

  /** Whether the owner of this key signed it. */
  public boolean isBy(VerifyingKey key) {
    return key.verifies(signed, signature);
  }
}
