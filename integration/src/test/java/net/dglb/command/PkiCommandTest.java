package net.dglb.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import net.dglb.identity.IdentityException;
import net.dglb.identity.IdentityFiles;
import net.dglb.identity.NodeIdentity;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.identity.Secret;
import net.dglb.identity.TsigKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PkiCommandTest {

  @TempDir Path folder;

  @Test
  void makesAnAuthorityAndACertificateThatANodeCanUse() throws IdentityException {
    assertThat(init().exitCode()).isZero();
    CommandLineRun run = issue("--id", "lb-nyc-1", "--address", "192.0.2.1", "--json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonObject files = new JsonObject(run.out());
    NodeIdentity identity =
        NodeIdentity.load(
            new IdentityFiles(
                Path.of(files.getString("certificate")),
                Path.of(files.getString("key")),
                Path.of(files.getString("authority"))),
            CommandLineRun.NOW);
    assertThat(identity.self()).isEqualTo(new PeerIdentity(NodeRole.LOAD_BALANCER, "lb-nyc-1"));
  }

  @Test
  void printsASectionToCopyIntoTheConfiguration() {
    init();
    assertThat(issue("--id", "lb-1").out())
        .startsWith("identity {")
        .contains("certificate = \"" + folder.resolve("out/lb-lb-1.pem") + "\"");
  }

  @Test
  void neverOverwrites() {
    init();
    issue("--id", "lb-1");
    assertThat(init().exitCode()).isEqualTo(1);
    assertThat(init().err()).contains("exists already and is never overwritten");
    assertThat(issue("--id", "lb-1").exitCode()).isEqualTo(1);
  }

  @Test
  void refusesAnIdOrAddressThatIsNone() {
    init();
    assertThat(issue("--id", "Not_One").exitCode()).isEqualTo(2);
    assertThat(issue("--id", "lb-1", "--address", "example.org").exitCode()).isEqualTo(2);
    assertThat(folder.resolve("out/lb-lb-1.pem")).doesNotExist();
  }

  @Test
  void saysWhenThereIsNoAuthority() {
    CommandLineRun run = issue("--id", "lb-1");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("authority.pem: certificate cannot be read: no such file");
  }

  @Test
  void makesASecretThatItNeverPrints() throws Exception {
    Path file = folder.resolve("map.key");
    CommandLineRun run = CommandLineRun.of("pki", "secret", file.toString());
    assertThat(run.exitCode()).isZero();
    assertThat(run.out() + run.err()).doesNotContain(Files.readString(file).strip());
    assertThat(Secret.load(file).toString()).isEqualTo("Secret(32 octets)");
  }

  private CommandLineRun init() {
    return CommandLineRun.of("pki", "init", folder.resolve("ca").toString());
  }

  private CommandLineRun issue(String... more) {
    String[] fixed = {
      "pki",
      "issue",
      folder.resolve("ca").toString(),
      "--role",
      "lb",
      "--out",
      folder.resolve("out").toString()
    };
    String[] all = Stream.of(fixed, more).flatMap(Arrays::stream).toArray(String[]::new);
    return CommandLineRun.of(all);
  }

  @Test
  void makesAKeyForSignedMessagesThatItNeverPrints() throws Exception {
    Path file = folder.resolve("update.key");
    CommandLineRun run =
        CommandLineRun.of(
            "pki",
            "tsig",
            "--name",
            "k.foobar.test",
            "--algorithm",
            "hmac-sha512",
            file.toString());
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo("key: " + file + System.lineSeparator());
    assertThat(TsigKey.load(file)).hasToString("TsigKey(k.foobar.test, hmac-sha512)");
  }

  @Test
  void refusesAWeakAlgorithmForSignedMessages() {
    CommandLineRun run =
        CommandLineRun.of(
            "pki", "tsig", "--name", "k", "--algorithm", "hmac-md5", folder + "/weak.key");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("hmac-md5 (expected: hmac-sha256, hmac-sha384 or hmac-sha512)");
  }
}
