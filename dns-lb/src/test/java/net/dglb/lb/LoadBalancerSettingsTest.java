package net.dglb.lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import net.dglb.config.ConfigException;
import net.dglb.config.ConfigFile;
import net.dglb.config.ConfigSection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadBalancerSettingsTest {

  @TempDir private Path directory;

  @Test
  void takesWhatIsNotWrittenFromTheReference() {
    LoadBalancerSettings settings = Network.settings(directory);
    assertThat(settings.leaveAtMost()).isEqualTo(Duration.ofHours(3));
    assertThat(settings.servicesInAdvance()).isFalse();
    assertThat(settings.backbone().pingInterval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.backbone().reportInterval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.prober().userAgent()).isEqualTo("dglb-probe/1");
  }

  @Test
  void announcesAndProbesFromItsDnsAddressesUnlessToldOtherwise() {
    LoadBalancerSettings settings = Network.settings(directory);
    InetAddress ipv4 = InetAddress.ofLiteral("127.0.0.1");
    InetAddress ipv6 = InetAddress.ofLiteral("::1");
    assertThat(settings.addresses()).containsExactly(ipv4, ipv6);
    assertThat(settings.dnsPort()).isEqualTo(5300);
    assertThat(settings.prober().localIpv4()).contains(ipv4);
    assertThat(settings.prober().localIpv6()).contains(ipv6);
    assertThat(settings.backbone().from()).containsExactly(ipv4, ipv6);
  }

  @Test
  void namesEveryProblemAtOnceWithItsLineAndTheNearestKey() throws Exception {
    ConfigSection root =
        ConfigFile.parse(
            "lb.conf",
            """
            node { id = LB_1, state = state }
            dns.listen = ["0.0.0.0:53"]
            resolvers.prefixes = ["198.51.100.7/24"]
            backbone.node = ["127.0.0.1:8853"]
            probe.in-flight = many
            """,
            LoadBalancerSettings.FORM.reference());
    LoadBalancerSettings.read(root);
    ConfigException problems = catchThrowableOfType(ConfigException.class, root::finish);
    assertThat(problems.getMessage())
        .contains("lb.conf:1")
        .contains("lb.conf:2: dns.listen")
        .contains("no wildcard")
        .contains("lb.conf:3: resolvers.prefixes")
        .contains("lb.conf:4: backbone.node")
        .contains("backbone.nodes")
        .contains("lb.conf:5: probe.in-flight")
        .contains("identity: missing");
  }
}
