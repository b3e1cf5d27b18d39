package net.dglb.identity;

import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.TrustOptions;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * This node's certificate and key, and the one authority that it trusts. Servers and clients that
 * use its options take a reloaded certificate into use with their next handshake; open connections
 * go on. Thread-safe.
 */
public final class NodeIdentity {

  private static final Set<String> PROTOCOLS = Set.of("TLSv1.3");

  private volatile IdentityFiles files;
  private final PeerIdentity self;
  private volatile KeyMaterial material;

  private NodeIdentity(IdentityFiles files, KeyMaterial material) {
    this.files = files;
    this.self = material.self();
    this.material = material;
  }

  /**
   * Reads and checks the files.
   *
   * @param now the moment at which the certificates must be valid
   * @throws IdentityException if a file cannot be read, a certificate is expired or not yet valid,
   *     the certificate was not issued by this authority or carries no node's name, or the key is
   *     another one's
   */
  public static NodeIdentity load(IdentityFiles files, Instant now) throws IdentityException {
    return new NodeIdentity(files, KeyMaterial.load(files, now));
  }

  /**
   * Reads the files again and uses what they hold now.
   *
   * @throws IdentityException as {@link #load} does, or if they belong to another node; then the
   *     old ones stay in use
   */
  public void reload(Instant now) throws IdentityException {
    use(files, now);
  }

  /** Reads other files and uses these from now on; otherwise as {@link #reload}. */
  public void use(IdentityFiles others, Instant now) throws IdentityException {
    KeyMaterial read = KeyMaterial.load(others, now);
    if (!read.self().equals(self)) {
      throw mismatch(others, read.self(), self.toString());
    }
    files = others;
    material = read;
  }

  /**
   * Checks that this is the identity of the node that wants to use it.
   *
   * @throws IdentityException if it is another one's
   */
  public NodeIdentity require(NodeRole role, String id) throws IdentityException {
    PeerIdentity expected = new PeerIdentity(role, id);
    if (!self.equals(expected)) {
      throw mismatch(files, self, expected.toString());
    }
    return this;
  }

  /** Who this node is. */
  public PeerIdentity self() {
    return self;
  }

  /** The files, for watching. */
  public IdentityFiles files() {
    return files;
  }

  /** When the certificate in use ends. */
  public Instant expires() {
    return material.certificate().getNotAfter().toInstant();
  }

  /** Key and certificate for Vert.x. */
  public KeyCertOptions keyCertOptions() {
    return KeyCertOptions.wrap(new CurrentKeys(() -> material.keys()));
  }

  /** Trust in the network authority and in nothing else, for Vert.x. */
  public TrustOptions trustOptions() {
    return TrustOptions.wrap(new CurrentTrust(() -> material.trust()));
  }

  /** Makes a TCP or HTTP server speak TLS 1.3 and demand a certificate of the network. */
  public <T extends NetServerOptions> T secure(T options) {
    options
        .setSsl(true)
        .setKeyCertOptions(keyCertOptions())
        .setTrustOptions(trustOptions())
        .setClientAuth(ClientAuth.REQUIRED)
        .setEnabledSecureTransportProtocols(PROTOCOLS);
    return options;
  }

  /**
   * Makes a TCP client speak TLS 1.3. The server's certificate must be of the network; which node
   * it is, its {@link PeerIdentity} says, not its address or host name.
   */
  public NetClientOptions secure(NetClientOptions options) {
    options
        .setHostnameVerificationAlgorithm("")
        .setSsl(true)
        .setKeyCertOptions(keyCertOptions())
        .setTrustOptions(trustOptions())
        .setEnabledSecureTransportProtocols(PROTOCOLS);
    return options;
  }

  /** The same for clients of the JDK; these check the server's address against its certificate. */
  public SSLContext sslContext() {
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(
          new KeyManager[] {new CurrentKeys(() -> material.keys())},
          new TrustManager[] {new CurrentTrust(() -> material.trust())},
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no TLS 1.3", e);
    }
  }

  /** Key and certificate for other TLS libraries. */
  public KeyManager keyManager() {
    return new SingleKey(() -> material);
  }

  /** Trust in nodes of one role of this network, wherever they stand, for other TLS libraries. */
  public TrustManager trust(NodeRole role) {
    return new RoleTrust(new CurrentTrust(() -> material.trust()), role);
  }

  static IdentityException mismatch(IdentityFiles files, PeerIdentity found, String expected) {
    return new IdentityException(
        files.certificate() + ": belongs to " + found + " (expected: " + expected + ")");
  }

  /** Names the node and never its key. */
  @Override
  public String toString() {
    return self.toString();
  }
}
