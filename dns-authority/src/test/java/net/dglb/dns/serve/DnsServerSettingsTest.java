package net.dglb.dns.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.dglb.config.ConfigException;
import net.dglb.config.ConfigFile;
import net.dglb.config.ConfigSection;
import net.dglb.net.Prefix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DnsServerSettingsTest {

  @TempDir Path folder = Path.of("");

  private static DnsServerSettings read(String text) throws ConfigException {
    ConfigSection root = ConfigFile.parse("test", text, "dns-server-reference.conf");
    DnsServerSettings settings = DnsServerSettings.read(root);
    root.finish();
    return settings;
  }

  @Test
  void hasTheDefaultsOfTheReference() throws ConfigException {
    assertThat(read("")).isEqualTo(DnsServerSettings.DEFAULT);
  }

  @Test
  void readsEveryKey() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    DnsServerSettings settings =
        read(
            """
            udp = portable, workers = 3, udp-payload = 1000
            tcp { connections = 5, connections-per-source = 2, idle-timeout = 3s }
            tls { port = 8853, certificate = "%s", key = "%s" }
            server-id = one, server-version = two
            cookie-secrets = ["%s"]
            guards {
              responses-per-second = 7, slip = 3, amplification = 9
              deny = ["192.0.2.0/24"], exempt = ["2001:db8::/32"]
            }
            explain { allow = ["192.0.2.8/29"], per-second = 4 }
            """
                .formatted(file, file, file));
    assertThat(settings)
        .isEqualTo(
            new DnsServerSettings(
                new UdpSettings(UdpPath.PORTABLE, 3, 1000),
                new TcpLimits(5, 2, Duration.ofSeconds(3)),
                Optional.of(new TlsSettings(8853, file, file)),
                new ServerIdentity("one", "two"),
                List.of(file),
                new GuardSettings(
                    7,
                    3,
                    9,
                    List.of(Prefix.parse("192.0.2.0/24")),
                    List.of(Prefix.parse("2001:db8::/32"))),
                new ExplainSettings(List.of(Prefix.parse("192.0.2.8/29")), 4)));
  }

  @Test
  void wantsACertificateWithItsKey() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> read("tls.certificate = \"" + file + "\""))
        .hasMessageContaining("tls.key: missing (expected: certificate and key");
  }

  @Test
  void namesTheLongestIdThatFits() {
    assertThatThrownBy(() -> read("server-id = " + "x".repeat(129)))
        .hasMessageContaining("server-id")
        .hasMessageContaining("at most 128 octets");
  }
}
