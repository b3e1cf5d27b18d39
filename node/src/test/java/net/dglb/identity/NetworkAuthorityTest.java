package net.dglb.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkAuthorityTest {

  @TempDir Path folder;

  private TestNetwork network;

  @BeforeEach
  void createAuthority() throws IdentityException {
    network = TestNetwork.in(folder);
  }

  @Test
  void makesKeysThatOnlyTheirOwnerCanRead() throws Exception {
    IdentityFiles files = network.issue(NodeRole.BACKBONE, "b-1");
    for (Path key : List.of(folder.resolve(NetworkAuthority.KEY_FILE), files.key())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
          .as(key.toString())
          .isEqualTo("rw-------");
    }
  }

  @Test
  void neverOverwritesAnAuthority() throws Exception {
    String before = Files.readString(folder.resolve(NetworkAuthority.KEY_FILE));
    assertThatThrownBy(() -> TestNetwork.in(folder))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("exists already and is never overwritten");
    assertThat(Files.readString(folder.resolve(NetworkAuthority.KEY_FILE))).isEqualTo(before);
  }

  @Test
  void neverOverwritesANodesKey() throws Exception {
    IdentityFiles files = network.issue(NodeRole.BACKBONE, "b-1");
    String before = Files.readString(files.key());
    assertThatThrownBy(() -> network.issue(NodeRole.BACKBONE, "b-1"))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("never overwritten");
    assertThat(Files.readString(files.key())).isEqualTo(before);
  }

  @Test
  void issuesCertificatesThatSayWhoTheNodeIs() throws Exception {
    X509Certificate issued = Pem.certificate(network.issue(NodeRole.BACKBONE, "b-1").certificate());
    assertThat(PeerIdentity.of(issued)).hasToString("dglb://backbone/b-1");
    assertThat(issued.getSubjectX500Principal().getName()).isEqualTo("CN=b-1");
    assertThat(issued.getBasicConstraints()).as("an authority below the authority").isNegative();
    assertThat(issued.getExtendedKeyUsage())
        .as("server and client authentication")
        .containsExactlyInAnyOrder("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
    assertThat(issued.getSubjectAlternativeNames())
        .extracting(name -> String.valueOf(name.get(1)))
        .contains("127.0.0.1", "2001:db8:0:0:0:0:0:1");
  }

  @Test
  void endsNoCertificateAfterItsOwn() throws Exception {
    IdentityFiles files =
        network
            .authority()
            .issue(
                new PeerIdentity(NodeRole.AUTHORITY, "a-1"),
                List.of(),
                Duration.ofDays(1000),
                TestNetwork.NOW,
                folder);
    Instant end = Pem.certificate(files.certificate()).getNotAfter().toInstant();
    assertThat(end).isEqualTo(TestNetwork.NOW.plus(Duration.ofDays(100)));
  }

  @Test
  void opensAgainAndGoesOnIssuing() throws Exception {
    NetworkAuthority again = NetworkAuthority.load(folder);
    IdentityFiles files =
        again.issue(
            new PeerIdentity(NodeRole.LOAD_BALANCER, "lb-1"),
            List.of(),
            Duration.ofDays(1),
            TestNetwork.NOW,
            folder);
    assertThat(NodeIdentity.load(files, TestNetwork.NOW).self().id()).isEqualTo("lb-1");
  }
}
