package net.dglb.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.net.Prefix;
import org.junit.jupiter.api.Test;

class ConfigSectionTest {

  private enum Mode {
    ANSWER,
    CACHE,
    ALL_DOWN
  }

  @Test
  void readsEveryKindOfValue() throws ConfigException {
    ConfigSection root =
        ConfigFile.parse(
            "a.conf",
            """
            id = lb-1, port = 53, ratio = 0.5, wait = 1500ms, on = yes, mode = all-down
            listen = "[::1]:53", all = ["127.0.0.1:1", "127.0.0.2:2"], address = 192.0.2.1
            addresses = ["2001:db8::1"], prefixes = ["10.0.0.0/8", "::1"], name = WWW.Example.org
            names = [a.test, b.test], words = [x, 5]
            """);
    assertThat(root.string("id")).isEqualTo("lb-1");
    assertThat(root.integer("port", 0, 65535)).isEqualTo(53);
    assertThat(root.number("ratio", 0, 1)).isEqualTo(0.5);
    assertThat(root.duration("wait", Duration.ZERO, Duration.ofSeconds(2)))
        .isEqualTo(Duration.ofMillis(1500));
    assertThat(root.bool("on")).isTrue();
    assertThat(root.oneOf("mode", Mode.class)).isEqualTo(Mode.ALL_DOWN);
    assertThat(root.endpoint("listen")).isEqualTo(Endpoint.parse("[::1]:53"));
    assertThat(root.endpoints("all")).hasSize(2);
    assertThat(root.address("address")).isEqualTo(InetAddress.ofLiteral("192.0.2.1"));
    assertThat(root.addresses("addresses")).hasSize(1);
    assertThat(root.prefixes("prefixes"))
        .containsExactly(Prefix.parse("10.0.0.0/8"), Prefix.parse("::1"));
    assertThat(root.domainName("name")).isEqualTo(DomainName.of("www.example.org"));
    assertThat(root.domainNames("names")).hasSize(2);
    assertThat(root.strings("words")).containsExactly("x", "5");
    root.finish();
  }

  @Test
  void leavesOutWhatIsOptionalAndMissing() throws ConfigException {
    ConfigSection root = ConfigFile.parse("a.conf", "unset = null");
    assertThat(root.optionalString("unset")).isEmpty();
    assertThat(root.optionalInteger("a", 0, 1)).isEmpty();
    assertThat(root.optionalNumber("b", 0, 1)).isEmpty();
    assertThat(root.optionalDuration("c", Duration.ZERO, Duration.ofDays(1))).isEmpty();
    assertThat(root.optionalBool("d")).isEmpty();
    assertThat(root.optionalOneOf("e", Mode.class)).isEmpty();
    assertThat(root.optionalPath("f")).isEmpty();
    assertThat(root.optionalReadableFile("g")).isEmpty();
    assertThat(root.optionalEndpoint("h")).isEmpty();
    assertThat(root.optionalAddress("i")).isEmpty();
    assertThat(root.optionalDomainName("j")).isEmpty();
    assertThat(root.optionalSection("k")).isEmpty();
    assertThat(root.strings("l")).isEmpty();
    assertThat(root.sections("m")).isEmpty();
    assertThat(root.children("n")).isEmpty();
    root.finish();
  }

  @Test
  void saysWhatIsWrongWithNumbersAndWords() {
    assertThat(
            problemsOf(
                """
                id = ""
                port = 70000
                part = 1.5
                ratio = two
                wait = 30
                long = 2h
                on = perhaps
                mode = ansewr
                """,
                root -> {
                  root.string("id");
                  root.integer("port", 0, 65535);
                  root.integer("part", 0, 9);
                  root.number("ratio", 0, 1);
                  root.duration("wait", Duration.ofMillis(10), Duration.ofHours(1));
                  root.duration("long", Duration.ofMillis(10), Duration.ofHours(1));
                  root.bool("on");
                  root.oneOf("mode", Mode.class);
                  root.string("missing");
                }))
        .containsExactly(
            "a.conf: missing: missing (expected: text)",
            "a.conf:1: id: value:  (expected: text that is not empty)",
            "a.conf:2: port: value: 70000 (expected: a whole number from 0 to 65535)",
            "a.conf:3: part: value: 1.5 (expected: a whole number from 0 to 9)",
            "a.conf:4: ratio: value: two (expected: a number from 0.0 to 1.0)",
            "a.conf:5: wait: value: 30 (expected: a duration from 10ms to 1h)",
            "a.conf:6: long: value: 2h (expected: a duration from 10ms to 1h)",
            "a.conf:7: on: value: perhaps (expected: true or false)",
            "a.conf:8: mode: value: ansewr (expected: one of answer, cache, all-down; nearest:"
                + " answer)");
  }

  @Test
  void saysWhatIsWrongWithAddressesAndNames() {
    assertThat(
            problemsOf(
                """
                listen = "localhost:53"
                address = example.org
                prefix = [10.1.2.3/8, 10.0.0.0/40]
                name = "bad name.test"
                """,
                root -> {
                  root.endpoint("listen");
                  root.address("address");
                  root.prefixes("prefix");
                  root.domainName("name");
                }))
        .containsExactly(
            "a.conf:1: listen: value: localhost:53 (expected: an IP address and a port, such as"
                + " 127.0.0.1:53 or [::1]:53)",
            "a.conf:2: address: value: example.org (expected: an IP address, such as 192.0.2.1"
                + " or 2001:db8::1)",
            "a.conf:3: prefix[0]: value: 10.1.2.3/8 (expected: 10.0.0.0/8, with no bit set past"
                + " its length)",
            "a.conf:3: prefix[1]: value: 10.0.0.0/40 (expected: an IP prefix, such as"
                + " 192.0.2.0/24 or 2001:db8::/32)",
            "a.conf:4: name: value: bad name.test (expected: a domain name of labels of 1 to 63"
                + " letters, digits, '-' or '_', such as www.example.org)");
  }

  @Test
  void saysWhereAListOrASectionBelongs() {
    assertThat(
            problemsOf(
                "words = x\ndns = 5\nzones = [1]",
                root -> {
                  root.strings("words");
                  root.section("dns");
                  root.sections("zones");
                }))
        .containsExactly(
            "a.conf:1: words: value: x (expected: a list in [ ])",
            "a.conf:2: dns: value: 5 (expected: a section in { })",
            "a.conf:3: zones[0]: value: 1 (expected: a section in { })");
  }

  @Test
  void refusesASectionWhereAValueBelongs() {
    assertThat(problemsOf("id { a = 1 }", root -> root.string("id")))
        .containsExactly("a.conf:1: id: value: a section (expected: text)");
  }

  @Test
  void namesTheNearestKnownKeyForAnUnknownOne() {
    assertThat(
            problemsOf(
                """
                dns {
                  wrokers = 3
                  entirely-else = 1
                }
                """,
                root -> {
                  root.optionalInteger("dns.workers", 1, 64);
                  root.optionalString("dns.name");
                }))
        .containsExactly(
            "a.conf:2: dns.wrokers: unknown key (nearest: workers)",
            "a.conf:3: dns.entirely-else: unknown key (known: name, workers)");
  }

  @Test
  void reportsUnknownKeysInsideListsAndChildren() {
    assertThat(
            problemsOf(
                """
                zones = [
                  { origin = a.test }
                  { origin = b.test, orgin = c.test }
                ]
                services {
                  "www.lb.foobar.test" { mode = answer, moed = cache }
                }
                """,
                root -> {
                  root.sections("zones").forEach(zone -> zone.domainName("origin"));
                  root.children("services").values().forEach(s -> s.oneOf("mode", Mode.class));
                }))
        .containsExactly(
            "a.conf:3: zones[1].orgin: unknown key (nearest: origin)",
            "a.conf:6: services.\"www.lb.foobar.test\".moed: unknown key (nearest: mode)");
  }

  @Test
  void keepsDotsInTheKeysOfChildren() throws ConfigException {
    ConfigSection root =
        ConfigFile.parse("a.conf", "services { \"www.foobar.test\" { id = 1 }, b { id = 2 } }");
    assertThat(root.children("services").keySet()).containsExactly("b", "www.foobar.test");
    assertThat(root.children("services").values())
        .extracting(ConfigSection::name)
        .containsExactly("services.b", "services.\"www.foobar.test\"");
    root.children("services").values().forEach(child -> child.string("id"));
    root.finish();
  }

  @Test
  void placesProblemsThatTheReaderFoundAtTheirKey() {
    assertThat(
            problemsOf(
                """
                dns {
                  low = 5
                  high = 3
                }
                """,
                root -> {
                  ConfigSection dns = root.section("dns");
                  if (dns.integer("low", 0, 9) > dns.integer("high", 0, 9)) {
                    dns.problem("high", "value: 3 (expected: at least low, which is 5)");
                  }
                  dns.problem("", "needs a listen address");
                }))
        .containsExactly(
            "a.conf:1: dns: needs a listen address",
            "a.conf:3: dns.high: value: 3 (expected: at least low, which is 5)");
  }

  @Test
  void placesAMissingKeyAtItsSection() {
    assertThat(problemsOf("\n\nnode {\n admin = x\n}", root -> root.string("node.id")))
        .contains("a.conf:3: node.id: missing (expected: text)");
  }

  @Test
  void resolvesRelativePathsAgainstTheFileThatMentionsThem() throws ConfigException {
    ConfigSection root = ConfigFile.parse("/etc/dglb/a.conf", "near = zones/a, far = /var/b");
    assertThat(root.path("near")).isEqualTo(Path.of("/etc/dglb/zones/a"));
    assertThat(root.path("far")).isEqualTo(Path.of("/var/b"));
  }

  @Test
  void refusesAFileThatCannotBeRead() {
    assertThat(problemsOf("file = /nowhere/at/all", root -> root.readableFile("file")))
        .containsExactly(
            "a.conf:1: file: value: /nowhere/at/all (expected: a file that this process can"
                + " read)");
  }

  @Test
  void addressesElementsOfAListByTheirIndex() {
    assertThat(
            problemsOf(
                "files = [\n  /etc/hosts\n  /nowhere/at/all\n]",
                root -> {
                  assertThat(root.readableFiles("files")).hasSize(2);
                  root.problem("files.0", "not a zone");
                }))
        .containsExactly(
            "a.conf:2: files[0]: not a zone",
            "a.conf:3: files[1]: value: /nowhere/at/all (expected: a file that this process can"
                + " read)");
  }

  static List<String> problemsOf(String text, Consumer<ConfigSection> reader) {
    ConfigException thrown =
        catchThrowableOfType(
            ConfigException.class,
            () -> {
              ConfigSection root = ConfigFile.parse("a.conf", text);
              reader.accept(root);
              root.finish();
            });
    assertThat(thrown).as("the configuration was accepted").isNotNull();
    return thrown.problems().stream().map(ConfigProblem::toString).toList();
  }
}
