package net.dglb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * Unbound or BIND inside the lab, at the address of one of its resolvers, walking down from the
 * root.
 */
final class RealResolver implements AutoCloseable {

  /** Which program. */
  enum Kind {
    UNBOUND,
    BIND
  }

  private final LabRun lab;
  private final Process process;
  private final String address;
  private final String label;
  private final Path log;

  private RealResolver(LabRun lab, Process process, String address, String label, Path log) {
    this.lab = lab;
    this.process = process;
    this.address = address;
    this.label = label;
    this.log = log;
  }

  /** Starts one and waits until it answers; QNAME minimisation is strict and no cache is shared. */
  static RealResolver start(LabRun lab, Kind kind, String address) {
    return start(lab, kind, address, List.of());
  }

  /** How many octets an answer to it over UDP may have, unless it is told otherwise. */
  static final int USUAL_UDP_OCTETS = 1232;

  /**
   * As {@link #start(LabRun, Kind, String, List, int)} with the usual size of answers.
   *
   * @param anchors names with the data of their DS records, as in a zone file; none: it does not
   *     validate
   */
  static RealResolver start(LabRun lab, Kind kind, String address, List<String> anchors) {
    return start(lab, kind, address, anchors, USUAL_UDP_OCTETS);
  }

  /**
   * Starts one that validates from trust anchors on.
   *
   * @param anchors names with the data of their DS records, as in a zone file; none: it does not
   *     validate
   * @param udpOctets the most that an answer to it over UDP may have; what is larger comes over TCP
   */
  static RealResolver start(
      LabRun lab, Kind kind, String address, List<String> anchors, int udpOctets) {
    String label = kind + " at " + address;
    try {
      Path home = Files.createTempDirectory(lab.directory(), "resolver");
      Files.writeString(home.resolve("root.hints"), rootHints(lab));
      Path log = home.resolve("log");
      List<String> command =
          kind == Kind.UNBOUND
              ? unbound(lab, home, address, anchors, udpOctets)
              : bind(lab, home, address, anchors, udpOctets);
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      RealResolver resolver = new RealResolver(lab, process, address, label, log);
      resolver.awaitAnswers();
      return resolver;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitAnswers() {
    Awaitility.await(label + " answers")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !process.isAlive() || ask("test", "SOA").status().equals("NOERROR"));
    assertThat(process.isAlive()).as("%s runs; it printed:%n%s", label, read(log)).isTrue();
  }

  /** Asks it. */
  Dig.Reply ask(String name, String type) {
    return Dig.ask(lab, address, 53, name, type);
  }

  /** Asks for addresses and insists on an answer. */
  List<String> addresses(String name, String type) {
    Dig.Reply reply = ask(name, type);
    assertThat(reply.status())
        .as("%s, %s %s:%n%s", label, name, type, reply.text())
        .isEqualTo("NOERROR");
    assertThat(reply.answers()).as("%s, %s %s:%n%s", label, name, type, reply.text()).isNotEmpty();
    return reply.answers();
  }

  private static String rootHints(LabRun lab) {
    StringBuilder hints = new StringBuilder(". 3600000 NS a.nic.test.\n");
    for (Object address : lab.entry("nodes", "id", "root").getJsonArray("addresses")) {
      String type = address.toString().contains(":") ? "AAAA" : "A";
      hints.append("a.nic.test. 3600000 ").append(type).append(' ').append(address).append('\n');
    }
    return hints.toString();
  }

  private static List<String> unbound(
      LabRun lab, Path home, String address, List<String> anchors, int udpOctets)
      throws IOException {
    boolean ipv6 = address.contains(":");
    String text =
        """
        server:
          interface: %s
          outgoing-interface: %s
          do-ip4: %s
          do-ip6: %s
          username: ""
          chroot: ""
          directory: "%s"
          pidfile: ""
          use-syslog: no
          num-threads: 1
          do-not-query-localhost: no
          root-hints: "root.hints"
          edns-buffer-size: %d
          module-config: "%s"
          %s
          qname-minimisation: yes
          qname-minimisation-strict: yes
          access-control: 0.0.0.0/0 allow
          access-control: ::0/0 allow
          local-zone: "test." nodefault
        remote-control:
          control-enable: no
        """
            .formatted(
                address,
                address,
                ipv6 ? "no" : "yes",
                ipv6 ? "yes" : "no",
                home,
                udpOctets,
                anchors.isEmpty() ? "iterator" : "validator iterator",
                anchors.stream()
                    .map(anchor -> "trust-anchor: \"" + anchor.replaceFirst(" ", " DS ") + "\"")
                    .collect(Collectors.joining("\n          ")));
    Files.writeString(home.resolve("unbound.conf"), text);
    return lab.inside("unbound", "-d", "-c", home.resolve("unbound.conf").toString());
  }

  private static List<String> bind(
      LabRun lab, Path home, String address, List<String> anchors, int udpOctets)
      throws IOException {
    boolean ipv6 = address.contains(":");
    String text =
        """
        options {
          directory "%s";
          listen-on { %s; };
          listen-on-v6 { %s; };
          %s %s;
          qname-minimization strict;
          recursion yes;
          allow-query { any; };
          allow-recursion { any; };
          dnssec-validation %s;
          edns-udp-size %d;
          empty-zones-enable no;
          pid-file "named.pid";
          session-keyfile "session.key";
        };
        controls { };
        zone "." { type hint; file "root.hints"; };
        %s
        """
            .formatted(
                home,
                ipv6 ? "none" : address,
                ipv6 ? address : "none",
                ipv6 ? "query-source-v6 address" : "query-source address",
                address,
                anchors.isEmpty() ? "no" : "yes",
                udpOctets,
                anchors.isEmpty() ? "" : trustAnchors(anchors));
    Files.writeString(home.resolve("named.conf"), text);
    return lab.inside(
        "named", "-g", ipv6 ? "-6" : "-4", "-c", home.resolve("named.conf").toString());
  }

  /** A line for each: the name, and the digest in quotes. */
  private static String trustAnchors(List<String> anchors) {
    StringBuilder text = new StringBuilder("trust-anchors {\n");
    for (String anchor : anchors) {
      String[] fields = anchor.split(" ", 5);
      text.append(
          "  %s static-ds %s %s %s \"%s\";%n"
              .formatted(fields[0], fields[1], fields[2], fields[3], fields[4]));
    }
    return text.append("};\n").toString();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return label;
  }
}
