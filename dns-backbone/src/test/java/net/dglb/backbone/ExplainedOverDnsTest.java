package net.dglb.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.dglb.mapping.wire.Frame;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real node explains over DNS, to dig. */
class ExplainedOverDnsTest extends LoopbackBackbone {

  ExplainedOverDnsTest(@TempDir Path folder) {
    super(folder);
  }

  @Test
  void aNodeTellsThoseWhomItIsAllowedToWhyTheyAreAnsweredAsTheyAre() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/dig")), "dig is not installed");
    BackboneNode node = start("dns.explain.allow = [\"127.0.0.1/32\"]\n");
    FakeAuthority authority = authority("foobar", Samples.aliased(1));
    Awaitility.await().atMost(PATIENCE).until(() -> authority.has(Frame::hasRegistered));
    loadBalancer("lb-nyc", "127.0.0.0/8");
    awaitAnswer(node, "3600 lb-nyc.www.lb.foobar.test.");

    String explained = dig(node, "_explain.www.lb.foobar.test", "127.0.0.1");

    assertThat(explained)
        .contains("status: NOERROR")
        .contains("www.lb.foobar.test for the resolver 127.0.0.1 (b1, ")
        .contains(
            "match: resolver-prefixes 127.0.0.0/8 announced by lb-nyc at 2026-01-01T00:00:00Z;"
                + " scope 0")
        .contains("load balancer: lb-nyc: announced the prefix")
        .contains("referral: lb-nyc.www.lb.foobar.test for 3600 s (as the service says), to lb-nyc")
        .containsPattern("A 192.0.2.[12] for ")
        .containsPattern("1. (london|tokyo) 192.0.2.[12] ");
    assertThat(dig(node, "_explain.www.lb.foobar.test", "127.0.0.9"))
        .doesNotContain("for the resolver");
  }

  private static String dig(BackboneNode node, String name, String from) throws Exception {
    String port = Integer.toString(node.addresses().getFirst().port());
    Process process =
        new ProcessBuilder(
                List.of("/usr/bin/dig", "@127.0.0.1", "-p", port, "-b", from, name, "TXT"))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
