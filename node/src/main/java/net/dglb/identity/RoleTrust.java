package net.dglb.identity;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts the network's nodes of one role. Which node a peer is, its identity says, not its address:
 * host names are not compared.
 */
final class RoleTrust extends X509ExtendedTrustManager {

  private final CurrentTrust network;
  private final NodeRole role;

  RoleTrust(CurrentTrust network, NodeRole role) {
    this.network = network;
    this.role = role;
  }

  private void requireRole(X509Certificate[] chain) throws CertificateException {
    try {
      PeerIdentity peer = PeerIdentity.of(chain[0]);
      if (peer.role() != role) {
        throw new CertificateException(
            "peer " + peer + " (expected: a node with the role " + role.word() + ")");
      }
    } catch (IdentityException e) {
      throw new CertificateException(e.getMessage(), e);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    network.checkClientTrusted(chain, type);
    requireRole(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    network.checkServerTrusted(chain, type);
    requireRole(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return network.getAcceptedIssuers();
  }
}
