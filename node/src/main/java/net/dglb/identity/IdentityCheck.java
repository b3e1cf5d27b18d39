package net.dglb.identity;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks into identity files one by one, so that everything that is wrong is told at once: what
 * {@link NodeIdentity#load} and {@link NodeIdentity#require} would refuse.
 *
 * @param files the files
 * @param role the role that the certificate must be for
 * @param id the node that it must be for
 */
public record IdentityCheck(IdentityFiles files, NodeRole role, String id) {

  /** What is wrong with the network authority's certificate. */
  public List<String> authority(Instant now) {
    return problems(
        () -> KeyMaterial.requireAuthority(files, Pem.certificate(files.authority())),
        () -> KeyMaterial.requireValid(files.authority(), Pem.certificate(files.authority()), now));
  }

  /** What is wrong with the node's certificate. */
  public List<String> certificate(Instant now) {
    return problems(
        () -> KeyMaterial.requireValid(files.certificate(), certificate(), now),
        this::requireIssued,
        this::requireOwner);
  }

  /** What is wrong with the node's key; nothing while there is no certificate to compare with. */
  public List<String> key() {
    return problems(() -> {
      if (problems(this::certificate).isEmpty()) {
        ServerKeys.pair(files.certificate(), certificate(), files.key());
      }
    });
  }

  private X509Certificate certificate() throws IdentityException {
    return Pem.certificate(files.certificate());
  }

  private void requireIssued() throws IdentityException {
    if (problems(() -> Pem.certificate(files.authority())).isEmpty()) {
      KeyMaterial.requireIssued(files, certificate(), Pem.certificate(files.authority()));
    }
  }

  private void requireOwner() throws IdentityException {
    PeerIdentity found = PeerIdentity.of(certificate());
    if (found.role() != role || !found.id().equals(id)) {
      throw NodeIdentity.mismatch(files, found, PeerIdentity.name(role, id));
    }
  }

  private interface Step {
    void run() throws IdentityException;
  }

  private static List<String> problems(Step... steps) {
    List<String> found = new ArrayList<>();
    for (Step step : steps) {
      try {
        step.run();
      } catch (IdentityException e) {
        found.add(String.valueOf(e.getMessage()));
      }
    }
    return found.stream().distinct().toList();
  }
}
