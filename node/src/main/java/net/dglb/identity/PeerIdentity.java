package net.dglb.identity;

import java.net.URI;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Who a node is, as the network authority certified it: the subject alternative name {@code
 * dglb://<role>/<id>}.
 *
 * @param role what it does
 * @param id its name in the network, a {@link NodeId}
 */
public record PeerIdentity(NodeRole role, String id) {

  /** The scheme of the name in certificates. */
  static final String SCHEME = "dglb";

  /** GeneralName uniformResourceIdentifier, RFC 5280 section 4.2.1.6. */
  private static final int URI_NAME = 6;

  /** Checks the id. */
  public PeerIdentity {
    NodeId.check(id);
  }

  /**
   * Reads the identity from a certificate whose chain was already verified.
   *
   * @throws IdentityException if it carries none or more than one
   */
  public static PeerIdentity of(X509Certificate certificate) throws IdentityException {
    List<PeerIdentity> found = names(certificate).stream().flatMap(n -> parse(n).stream()).toList();
    if (found.size() != 1) {
      throw new IdentityException(
          "certificate of "
              + certificate.getSubjectX500Principal().getName()
              + " carries "
              + found.size()
              + " node identities (expected: one name such as dglb://lb/lb-nyc-1)");
    }
    return found.getFirst();
  }

  /** Reads {@code dglb://<role>/<id>}; empty if the text is something else. */
  public static Optional<PeerIdentity> parse(String text) {
    try {
      URI uri = URI.create(text);
      if (!SCHEME.equals(uri.getScheme()) || uri.getHost() == null || uri.getPath().isEmpty()) {
        return Optional.empty();
      }
      PeerIdentity read =
          new PeerIdentity(
              NodeRole.ofWord(uri.getHost()).orElseThrow(IllegalArgumentException::new),
              uri.getPath().substring(1));
      return text.equals(read.toString()) ? Optional.of(read) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The name of such a node, whether or not its id is one. */
  static String name(NodeRole role, String id) {
    return SCHEME + "://" + role.word() + "/" + id;
  }

  private static List<String> names(X509Certificate certificate) throws IdentityException {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(name -> name.getFirst().equals(URI_NAME))
              .map(name -> (String) name.get(1))
              .toList();
    } catch (CertificateParsingException e) {
      throw new IdentityException("certificate with unreadable names: " + e.getMessage(), e);
    }
  }

  /** The name in certificates, logs and status trees: {@code dglb://<role>/<id>}. */
  @Override
  public String toString() {
    return name(role, id);
  }
}
