package net.dglb.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import net.dglb.net.DomainName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TsigKeyTest {

  private static final String SECRET = "bm9ib2R5LWtub3dzLXRoaXMtc2VjcmV0LW9mLW91cnM=";

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(TsigAlgorithm.class)
  void readsBackWhatItMade(TsigAlgorithm algorithm) throws IdentityException {
    TsigKey made = TsigKey.random(DomainName.of("transfer.foobar.test"), algorithm);
    made.write(folder.resolve("key"));

    TsigKey read = TsigKey.load(folder.resolve("key"));

    assertThat(read.name()).isEqualTo(made.name());
    assertThat(read.algorithm()).isEqualTo(algorithm);
    assertThat(read.secret()).isEqualTo(made.secret());
    assertThat(read.secret().getEncoded()).hasSize(algorithm.octets());
  }

  @Test
  void readsWhatOthersWrite() throws Exception {
    Path file =
        write(
            """
            # made by hand
            key k1.foobar.test. { // for updates
              algorithm "HMAC-SHA512"; /* strong */
              secret %s;
            };
            """
                .formatted(SECRET));

    TsigKey key = TsigKey.load(file);

    assertThat(key.name()).isEqualTo(DomainName.of("k1.foobar.test"));
    assertThat(key.algorithm()).isEqualTo(TsigAlgorithm.HMAC_SHA512);
  }

  @Test
  void aSecretMayHoldWhatWouldBeginAComment() throws Exception {
    byte[] slashes = new byte[24];
    Arrays.fill(slashes, (byte) 0xff); // in Base64, slashes alone
    TsigKey made = new TsigKey(DomainName.of("k"), TsigAlgorithm.HMAC_SHA256, slashes);
    made.write(folder.resolve("slashes"));
    assertThat(Files.readString(folder.resolve("slashes"))).contains("\"////");

    assertThat(TsigKey.load(folder.resolve("slashes")).secret()).isEqualTo(made.secret());
  }

  @Test
  void refusesWhatIsNoKeyWithoutShowingTheSecret() throws Exception {
    refuses(SECRET, "not a key (expected: one statement key");
    refuses(key("hmac-md5", SECRET), "algorithm: hmac-md5 (expected: hmac-sha256, hmac-sha384");
    refuses(key("hmac-sha256", "c2hvcnQ="), "secret of 5 octets (expected: at least 16)");
    refuses(key("hmac-sha256", "!" + SECRET), "secret is not base64");
    refuses("key k { algorithm hmac-sha256; };", "secret: missing");
  }

  @Test
  void refusesAFileThatIsOpenToOthers() throws Exception {
    Path file = write(key("hmac-sha256", SECRET));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> TsigKey.load(file)).hasMessageContaining("open to other users");
  }

  @Test
  void neverShowsItsSecret() {
    assertThat(TsigKey.random(DomainName.of("k"), TsigAlgorithm.HMAC_SHA256))
        .hasToString("TsigKey(k, hmac-sha256)");
  }

  private static String key(String algorithm, String secret) {
    return "key k { algorithm %s; secret \"%s\"; };".formatted(algorithm, secret);
  }

  private void refuses(String text, String reason) throws Exception {
    Path file = write(text);
    assertThatThrownBy(() -> TsigKey.load(file))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining(reason)
        .hasMessageNotContaining(SECRET);
  }

  private Path write(String text) throws Exception {
    Path file = folder.resolve("key");
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }
}
