package net.dglb.identity;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/**
 * The network's own certificate authority: an ECDSA P-256 key and its certificate in one folder. It
 * says who may take part; a node needs only its certificate, never its key.
 */
public final class NetworkAuthority {

  /** The certificate's file in the authority's folder. */
  public static final String CERTIFICATE_FILE = "authority.pem";

  /** The private key's file in the authority's folder. */
  public static final String KEY_FILE = "authority-key.pem";

  private final Path folder;
  private final X509Certificate certificate;
  private final PrivateKey key;

  private NetworkAuthority(Path folder, X509Certificate certificate, PrivateKey key) {
    this.folder = folder;
    this.certificate = certificate;
    this.key = key;
  }

  /**
   * Makes a new authority; the folder is made if it is missing.
   *
   * @param name the network's name, the common name of the certificate
   * @throws IdentityException if there is one already or the files cannot be written
   */
  public static NetworkAuthority create(Path folder, String name, Duration validity, Instant now)
      throws IdentityException {
    requireAbsent(folder.resolve(KEY_FILE));
    requireAbsent(folder.resolve(CERTIFICATE_FILE));
    try {
      Files.createDirectories(folder);
      KeyPair keys = Certificates.newKeys();
      X509Certificate certificate = Certificates.authority(name, keys, now, now.plus(validity));
      PrivateFile.create(folder.resolve(KEY_FILE), Pem.of(keys.getPrivate()));
      PrivateFile.createPublic(folder.resolve(CERTIFICATE_FILE), Pem.of(certificate));
      return new NetworkAuthority(folder, certificate, keys.getPrivate());
    } catch (GeneralSecurityException | IOException e) {
      throw new IdentityException(folder + ": no authority could be made: " + e, e);
    }
  }

  /**
   * Opens an authority that was made before.
   *
   * @throws IdentityException if its files cannot be read
   */
  public static NetworkAuthority load(Path folder) throws IdentityException {
    X509Certificate certificate = Pem.certificate(folder.resolve(CERTIFICATE_FILE));
    String algorithm = certificate.getPublicKey().getAlgorithm();
    return new NetworkAuthority(folder, certificate, Pem.key(folder.resolve(KEY_FILE), algorithm));
  }

  /**
   * Issues a certificate with a new key into two new files, {@code <role>-<id>.pem} and {@code
   * <role>-<id>-key.pem}. Its end is never after the authority's own.
   *
   * @param who the node
   * @param addresses addresses that the node listens on, for clients that check them; may be empty
   * @param into an existing folder
   * @throws IdentityException if a file exists already or cannot be written
   */
  public IdentityFiles issue(
      PeerIdentity who,
      Collection<InetAddress> addresses,
      Duration validity,
      Instant now,
      Path into)
      throws IdentityException {
    String name = who.role().word() + "-" + who.id();
    IdentityFiles files =
        new IdentityFiles(
            into.resolve(name + ".pem"),
            into.resolve(name + "-key.pem"),
            folder.resolve(CERTIFICATE_FILE));
    requireAbsent(files.certificate());
    requireAbsent(files.key());
    try {
      KeyPair keys = Certificates.newKeys();
      X509Certificate issued =
          Certificates.node(
              who, addresses, keys.getPublic(), certificate, key, now, now.plus(validity));
      PrivateFile.create(files.key(), Pem.of(keys.getPrivate()));
      PrivateFile.createPublic(files.certificate(), Pem.of(issued));
      return files;
    } catch (GeneralSecurityException | IOException e) {
      throw new IdentityException(who + ": no certificate could be issued: " + e, e);
    }
  }

  private static void requireAbsent(Path file) throws IdentityException {
    if (Files.exists(file)) {
      throw new IdentityException(file + " exists already and is never overwritten");
    }
  }
}
