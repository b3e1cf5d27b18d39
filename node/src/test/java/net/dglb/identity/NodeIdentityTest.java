package net.dglb.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeIdentityTest {

  private static final Instant NOW = TestNetwork.NOW;

  @TempDir Path folder;
  @TempDir Path foreignFolder;

  private TestNetwork network;
  private IdentityFiles files;

  @BeforeEach
  void issueCertificate() throws IdentityException {
    network = TestNetwork.in(folder);
    files = network.issue(NodeRole.LOAD_BALANCER, "lb-1");
  }

  @Test
  void loadsWhatTheAuthorityIssued() throws IdentityException {
    NodeIdentity identity = NodeIdentity.load(files, NOW).require(NodeRole.LOAD_BALANCER, "lb-1");
    assertThat(identity.self()).hasToString("dglb://lb/lb-1");
    assertThat(identity.expires()).isEqualTo(NOW.plus(Duration.ofDays(10)));
  }

  @Test
  void acceptsACertificateFromAClockThatIsSlightlyAhead() throws IdentityException {
    assertThat(NodeIdentity.load(files, NOW.minusSeconds(60)).self().id()).isEqualTo("lb-1");
  }

  @Test
  void refusesAnExpiredCertificate() {
    refuses(files, NOW.plus(Duration.ofDays(11)), "lb-lb-1.pem: expired at 2026-06-11T00:00:00Z");
  }

  @Test
  void refusesACertificateThatIsNotYetValid() {
    refuses(files, NOW.minus(Duration.ofDays(1)), "not valid before 2026-05-31T23:55:00Z");
  }

  @Test
  void refusesACertificateOfAnotherAuthority() throws IdentityException {
    IdentityFiles foreign = TestNetwork.in(foreignFolder).issue(NodeRole.LOAD_BALANCER, "lb-1");
    refuses(
        new IdentityFiles(foreign.certificate(), foreign.key(), files.authority()),
        NOW,
        "not issued by the network authority of " + files.authority());
  }

  @Test
  void refusesAKeyOfAnotherCertificate() throws IdentityException {
    IdentityFiles other = network.issue(NodeRole.LOAD_BALANCER, "lb-2");
    refuses(
        new IdentityFiles(files.certificate(), other.key(), files.authority()),
        NOW,
        other.key() + ": does not belong to the certificate " + files.certificate());
  }

  @Test
  void refusesANodesCertificateInPlaceOfTheAuthority() {
    refuses(
        new IdentityFiles(files.certificate(), files.key(), files.certificate()),
        NOW,
        "not an authority's certificate");
  }

  @Test
  void refusesTheAuthoritysOwnCertificateAsANode() {
    refuses(
        new IdentityFiles(
            files.authority(), folder.resolve(NetworkAuthority.KEY_FILE), files.authority()),
        NOW,
        "carries 0 node identities");
  }

  @Test
  void refusesAKeyThatOthersCanRead() throws Exception {
    Files.setPosixFilePermissions(files.key(), PosixFilePermissions.fromString("rw-r--r--"));
    refuses(files, NOW, files.key() + ": private key is open to other users (expected: chmod 600)");
  }

  @Test
  void refusesFilesThatAreMissingOrSomethingElse() throws Exception {
    Path none = folder.resolve("none.pem");
    refuses(new IdentityFiles(none, files.key(), files.authority()), NOW, "no such file");
    refuses(
        new IdentityFiles(files.certificate(), none, files.authority()),
        NOW,
        "private key cannot be read: no such file");
    Path text = Files.writeString(folder.resolve("text"), "hello");
    Files.setPosixFilePermissions(text, PosixFilePermissions.fromString("rw-------"));
    refuses(
        new IdentityFiles(text, files.key(), files.authority()),
        NOW,
        text + ": not a certificate in PEM");
    refuses(
        new IdentityFiles(files.certificate(), text, files.authority()),
        NOW,
        text + ": not a private key (expected: PKCS #8 in PEM");
  }

  @Test
  void refusesTheIdentityOfAnotherNode() throws IdentityException {
    NodeIdentity identity = NodeIdentity.load(files, NOW);
    assertThatThrownBy(() -> identity.require(NodeRole.BACKBONE, "lb-1"))
        .isInstanceOf(IdentityException.class)
        .hasMessage(
            files.certificate() + ": belongs to dglb://lb/lb-1 (expected: dglb://backbone/lb-1)");
  }

  @Test
  void usesRenewedFilesAfterAReload() throws Exception {
    NodeIdentity identity = NodeIdentity.load(files, NOW);
    IdentityFiles renewed =
        network
            .authority()
            .issue(identity.self(), List.of(), Duration.ofDays(50), NOW, foreignFolder);
    replace(renewed.certificate(), files.certificate());
    replace(renewed.key(), files.key());
    identity.reload(NOW);
    assertThat(identity.expires()).isEqualTo(NOW.plus(Duration.ofDays(50)));
  }

  @Test
  void keepsTheOldFilesInUseWhenTheNewOnesAreAnotherNodes() throws Exception {
    NodeIdentity identity = NodeIdentity.load(files, NOW);
    IdentityFiles other = network.issue(NodeRole.LOAD_BALANCER, "lb-2");
    replace(other.certificate(), files.certificate());
    replace(other.key(), files.key());
    assertThatThrownBy(() -> identity.reload(NOW))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("belongs to dglb://lb/lb-2 (expected: dglb://lb/lb-1)");
    assertThat(identity.self().id()).isEqualTo("lb-1");
    assertThat(identity.expires()).isEqualTo(NOW.plus(Duration.ofDays(10)));
  }

  private static void replace(Path from, Path to) throws Exception {
    Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void refuses(IdentityFiles files, Instant now, String message) {
    assertThatThrownBy(() -> NodeIdentity.load(files, now))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("BEGIN PRIVATE KEY-----\n");
  }
}
