package net.dglb.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {

  @TempDir Path folder;

  @Test
  void readsBackWhatItMade() throws IdentityException {
    Path file = folder.resolve("key");
    Secret made = Secret.create(file);
    assertThat(Secret.load(file).key("HmacSHA256")).isEqualTo(made.key("HmacSHA256"));
    assertThat(made.key("HmacSHA256").getEncoded()).hasSize(32);
  }

  @Test
  void makesAFileThatOnlyItsOwnerCanReadAndNeverOverwrites() throws Exception {
    Path file = folder.resolve("key");
    Secret.create(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThatThrownBy(() -> Secret.create(file))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("never overwritten");
  }

  @Test
  void neverShowsItsValue() throws Exception {
    Path file = folder.resolve("key");
    Secret secret = Secret.create(file);
    assertThat(secret.toString()).isEqualTo("Secret(32 octets)");
  }

  @Test
  void refusesAShortOne() throws Exception {
    Path file = write(Base64.getEncoder().encodeToString(new byte[31]), "rw-------");
    refuses(file, "secret of 31 octets (expected: at least 32)");
  }

  @Test
  void refusesWhatIsNotBase64WithoutShowingIt() throws Exception {
    Path file = write("correct horse battery staple", "rw-------");
    assertThatThrownBy(() -> Secret.load(file))
        .isInstanceOf(IdentityException.class)
        .hasMessage(file + ": secret is not base64 (expected: one line of base64)")
        .hasNoCause();
  }

  @Test
  void refusesAFileThatOthersCanRead() throws Exception {
    refuses(write("x", "rw----r--"), "open to other users (expected: chmod 600)");
  }

  @Test
  void refusesAFileThatIsNotThere() {
    refuses(folder.resolve("none"), "secret cannot be read: no such file or folder");
  }

  private static void refuses(Path file, String message) {
    assertThatThrownBy(() -> Secret.load(file))
        .isInstanceOf(IdentityException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(message);
  }

  private Path write(String text, String mode) throws Exception {
    Path file = Files.writeString(folder.resolve("key"), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }
}
