package net.dglb.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import net.dglb.config.ConfigException;
import net.dglb.config.ConfigFile;
import net.dglb.config.ConfigSection;
import net.dglb.identity.NodeRole;
import net.dglb.net.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeSettingsTest {

  @TempDir Path folder;

  @Test
  void takesDefaultsForAllButIdAndState() throws ConfigException {
    NodeSettings settings = read("node { id = lb-1, state = /var/lib/dglb }");
    assertThat(settings.id()).isEqualTo("lb-1");
    assertThat(settings.state()).isEqualTo(Path.of("/var/lib/dglb"));
    assertThat(settings.admin()).isEqualTo(Endpoint.parse("127.0.0.1:8053"));
    assertThat(settings.adminCallsPerSecond()).isEqualTo(100);
    assertThat(settings.identity()).isEmpty();
    assertThat(settings.logLevel()).isEqualTo(LogLevel.INFO);
    assertThat(settings.watchInterval()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void readsEveryKey() throws Exception {
    for (String name : new String[] {"c.pem", "k.pem", "a.pem"}) {
      Files.writeString(folder.resolve(name), "");
    }
    NodeSettings settings =
        read(
            """
            node { id = lb-1, state = state, admin = "192.0.2.1:9000", admin-calls-per-second = 7 }
            identity { certificate = c.pem, key = k.pem, authority = a.pem }
            log.level = debug
            node.watch-interval = 250ms
            """);
    assertThat(settings.state()).isEqualTo(folder.resolve("state"));
    assertThat(settings.admin()).isEqualTo(Endpoint.parse("192.0.2.1:9000"));
    assertThat(settings.adminCallsPerSecond()).isEqualTo(7);
    assertThat(settings.identity().orElseThrow().all())
        .containsExactly(folder.resolve("c.pem"), folder.resolve("k.pem"), folder.resolve("a.pem"));
    assertThat(settings.logLevel()).isEqualTo(LogLevel.DEBUG);
    assertThat(settings.watchInterval()).isEqualTo(Duration.ofMillis(250));
  }

  @Test
  void refusesAnAdminAddressForOthersWithoutAnIdentity() {
    assertThat(problems("node { id = lb-1, state = s, admin = \"0.0.0.0:80\" }"))
        .contains(
            ":1: node.admin: value: 0.0.0.0:80 (expected: a loopback address, or an identity");
  }

  @Test
  void reportsEverythingThatIsWrongAtOnce() {
    assertThat(problems("node { id = LB_1 }\nidentity { key = /no/key }\nlog.level = loud"))
        .contains(":1: node.id: value: LB_1 (expected: 1 to 40 lower-case letters")
        .contains(":1: node.state: missing (expected: a path)")
        .contains(":2: identity.certificate: missing (expected: a path)")
        .contains(":2: identity.key: value: /no/key (expected: a file that this process can read)")
        .contains(":3: log.level: value: loud (expected: one of error, warn, info, debug, trace");
  }

  private NodeSettings read(String text) throws ConfigException {
    ConfigSection root =
        ConfigFile.parse(folder.resolve("lb.conf").toString(), text, "node-reference.conf");
    NodeSettings settings = NodeSettings.read(root, NodeRole.LOAD_BALANCER);
    root.finish();
    return settings;
  }

  private String problems(String text) {
    ConfigException thrown = catchThrowableOfType(ConfigException.class, () -> read(text));
    assertThat(thrown).as("the configuration was accepted").isNotNull();
    return String.valueOf(thrown.getMessage());
  }
}
