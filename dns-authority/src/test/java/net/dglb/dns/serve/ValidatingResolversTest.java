package net.dglb.dns.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.dglb.authority.OwnEndpoint;
import net.dglb.dns.sign.SignedZones;
import net.dglb.dns.sign.SigningAlgorithm;
import net.dglb.dns.sign.SigningKey;
import net.dglb.dns.zone.Zone;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.node.Published;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Unbound and BIND validate every kind of answer of a signed zone, from one trust anchor. */
@Tag("differential")
class ValidatingResolversTest {

  private static final String PARENT =
      """
      @            300 SOA ns admin 1 3600 600 86400 60
      @            300 NS  ns
      ns           300 A   127.0.0.1
      www          300 A   192.0.2.10
      alias        60  CNAME www
      away         60  CNAME any.wild
      nowhere      60  CNAME missing
      a.b.ent      60  A   192.0.2.20
      *.wild       60  A   192.0.2.30
      here.wild    60  A   192.0.2.31
      web          60  HTTPS 1 Www alpn=h2
      big          60  TXT %1$s
      big          60  TXT %2$s
      big          60  TXT %3$s
      open         60  NS  ns.open
      ns.open      60  A   127.0.0.1
      bogus        60  NS  ns.bogus
      ns.bogus     60  A   127.0.0.1
      bogus        60  DS  1 13 2 0000000000000000000000000000000000000000000000000000000000000000
      safe         60  NS  ns.safe
      ns.safe      60  A   127.0.0.1
      """
          .formatted("x".repeat(250), "y".repeat(250), "z".repeat(250));

  private static final String CHILD =
      "@ 60 SOA ns admin 1 1 1 1 60\n@ 60 NS ns\nns 60 A 127.0.0.1\nwww 60 A 192.0.2.99\n";

  /** What is asked below the parent's apex, and what has to come: rcode, AD and a datum. */
  private static final List<String> QUESTIONS =
      List.of(
          "www A NOERROR ad 192.0.2.10",
          "WWW A NOERROR ad 192.0.2.10",
          "www AAAA NOERROR ad -",
          "missing A NXDOMAIN ad -",
          "x.www A NXDOMAIN ad -",
          "b.ent A NOERROR ad -",
          "x.b.ent A NXDOMAIN ad -",
          "wild A NOERROR ad -",
          "any.wild A NOERROR ad 192.0.2.30",
          "x.y.wild A NOERROR ad 192.0.2.30",
          "any.wild AAAA NOERROR ad -",
          "x.here.wild A NXDOMAIN ad -",
          "alias A NOERROR ad 192.0.2.10",
          "alias AAAA NOERROR ad www",
          "away A NOERROR ad 192.0.2.30",
          "nowhere A NXDOMAIN ad missing",
          "web HTTPS NOERROR ad alpn",
          "big TXT NOERROR ad xxx",
          "open DS NOERROR ad -",
          "safe DS NOERROR ad -SAFE",
          "www.open A NOERROR - 192.0.2.99",
          "x.open A NXDOMAIN - -",
          "www.safe A NOERROR ad 192.0.2.99",
          "x.safe A NXDOMAIN ad -",
          "www.bogus A SERVFAIL - -");

  /** Which resolver. */
  enum Kind {
    UNBOUND("/usr/sbin/unbound"),
    BIND("/usr/sbin/named");

    private final Path program;

    Kind(String program) {
      this.program = Path.of(program);
    }
  }

  @TempDir private Path folder = Path.of(".");

  @ParameterizedTest
  @EnumSource(Kind.class)
  void validateEveryKindOfAnswer(Kind kind) throws Exception {
    assumeTrue(Files.isExecutable(kind.program), "skipped: not installed: " + kind.program);
    Vertx vertx = Vertx.vertx();
    for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
      SigningKey key = SigningKey.generate(algorithm, SigningKey.ENTRY_POINT);
      try (DnsServer server =
          DnsServer.start(
              vertx,
              List.of(Endpoint.parse("127.0.0.1:0")),
              DnsServerSettings.DEFAULT,
              new Published<>(Catalog.of(zones(key))),
              Optional.empty())) {
        asks(kind, server.addresses().getFirst().port(), key);
      }
    }
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static List<Zone> zones(SigningKey key) {
    SigningKey child = SignedZones.key();
    String safe = "safe 60 DS " + ds("safe.example.test", child) + "\n";
    return List.of(
        Asked.zone("example.test", signed("example.test", PARENT + safe, key)),
        Asked.zone("safe.example.test", signed("safe.example.test", CHILD, child)),
        Asked.zone("open.example.test", CHILD),
        Asked.zone("bogus.example.test", signed("bogus.example.test", CHILD, child)));
  }

  private static String signed(String apex, String text, SigningKey key) {
    return SignedZones.text(SignedZones.records(apex, text, key));
  }

  private static String ds(String zone, SigningKey key) {
    byte[] data = key.ds(DomainName.of(zone));
    return "%d %d 2 %s"
        .formatted(
            key.tag(), key.algorithm().number(), HexFormat.of().formatHex(data, 4, data.length));
  }

  private void asks(Kind kind, int authority, SigningKey anchor) throws Exception {
    int port = OwnEndpoint.ofInterface().port();
    Path log = folder.resolve(kind + ".log");
    Process process =
        new ProcessBuilder(
                kind == Kind.UNBOUND
                    ? unbound(port, authority, anchor)
                    : bind(port, authority, anchor))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      SimpleResolver resolver =
          new SimpleResolver(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      resolver.setTimeout(Duration.ofSeconds(10));
      resolver.setEDNS(0, 1232, ExtendedFlags.DO, List.of());
      await(kind + " answers")
          .atMost(Duration.ofSeconds(20))
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> resolver.send(Asked.query("example.test", "SOA")).getRcode() == 0);
      List<String> wrong = new ArrayList<>();
      for (String question : QUESTIONS) {
        String[] words = question.split(" ", -1);
        Message answer = resolver.send(Asked.query(words[0] + ".example.test", words[1]));
        if (!isRight(words, answer)) {
          wrong.add(question + " was answered with\n" + answer);
        }
      }
      assertThat(wrong).as("%s with %s", kind, anchor.algorithm()).isEmpty();
    } finally {
      process.destroy();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private static boolean isRight(String[] words, Message answer) {
    boolean validated = answer.getHeader().getFlag(Flags.AD);
    List<Record> data =
        answer.getSection(Section.ANSWER).stream()
            .filter(record -> record.getType() != Type.RRSIG)
            .toList();
    String text = data.toString();
    boolean content =
        switch (words[4]) {
          case "-" -> data.isEmpty();
          case "-SAFE" -> text.contains("DS");
          default -> text.contains(words[4]);
        };
    return Rcode.string(answer.getRcode()).equals(words[2])
        && validated == words[3].equals("ad")
        && content;
  }

  private List<String> unbound(int port, int authority, SigningKey anchor) throws IOException {
    StringBuilder stubs = new StringBuilder();
    for (String zone : List.of("", "safe.", "open.", "bogus.")) {
      stubs.append(
          "stub-zone:\n  name: \"%sexample.test\"\n  stub-addr: 127.0.0.1@%d\n"
              .formatted(zone, authority));
    }
    Path file = folder.resolve("unbound.conf");
    Files.writeString(
        file,
        """
        server:
          interface: 127.0.0.1@%d
          do-ip6: no
          username: ""
          chroot: ""
          directory: "%s"
          pidfile: ""
          use-syslog: no
          do-not-query-localhost: no
          module-config: "validator iterator"
          harden-algo-downgrade: yes
          aggressive-nsec: yes
          val-log-level: 2
          trust-anchor: "example.test. DS %s"
          local-zone: "test." nodefault
        remote-control:
          control-enable: no
        %s
        """
            .formatted(port, folder, ds("example.test", anchor), stubs));
    return List.of(Kind.UNBOUND.program.toString(), "-d", "-c", file.toString());
  }

  private List<String> bind(int port, int authority, SigningKey anchor) throws IOException {
    byte[] data = anchor.ds(DomainName.of("example.test"));
    Path file = folder.resolve("named.conf");
    Files.writeString(
        file,
        """
        options {
          directory "%s";
          listen-on port %d { 127.0.0.1; };
          listen-on-v6 { none; };
          recursion yes;
          dnssec-validation yes;
          empty-zones-enable no;
          pid-file "named.pid";
          session-keyfile "session.key";
        };
        trust-anchors { "example.test." static-ds %d %d 2 "%s"; };
        controls { };
        zone "example.test" { type forward; forward only; forwarders { 127.0.0.1 port %d; }; };
        """
            .formatted(
                folder,
                port,
                anchor.tag(),
                anchor.algorithm().number(),
                HexFormat.of().formatHex(data, 4, data.length),
                authority));
    return List.of(Kind.BIND.program.toString(), "-g", "-4", "-c", file.toString());
  }
}
