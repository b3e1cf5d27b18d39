package net.dglb.lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.serve.InProcessServer;
import net.dglb.dns.wire.Transport;
import net.dglb.lb.answer.AnswersFile;
import net.dglb.service.EnterpriseZone;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What is answered at a start, before anything is read and ranked. */
class FirstAnswersTest {

  private static final String OWN = "lb-nyc-1." + Network.SERVICE;
  private static final String OTHER = "lb-tyo-1." + Network.SERVICE;

  /** What is kept is written within this time. */
  private static final Duration WRITTEN = Duration.ofSeconds(20);

  private static final int RESOLVERS = 40;

  @TempDir Path directory;
  private Network network;
  private AnswersFile file;

  @BeforeEach
  void start() {
    network = new Network(directory);
    file = new AnswersFile(directory.resolve("lb.answers"));
    network.loadBalancer().keepAnswers(file);
    network.started();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "false | mode = answer",
        "true  | mode = answer",
        "false | answers { https { alpn = [h2, h3], port = 8443 } }",
        "true  | answers { https {} }",
        "true  | policy { kind = percentages, shares { newyork = 20, frankfurt = 80 } }",
        "false | policy { kind = static, rules = [ { prefixes = [\"10.0.0.0/13\"], sites = [tokyo]"
            + " } ] }",
        "false | answers { count = 2 }",
      })
  void areThoseOfBefore(boolean signed, String lines) throws Exception {
    network.measuredOwnLabel(zone(signed, lines));
    network.pass(WRITTEN);

    assertThat(askedEverything(file.read(network.timeline().now())))
        .isEqualTo(askedEverything(network.catalog().get()));
  }

  @Test
  void takeTurnsAsBefore() throws Exception {
    network.measuredOwnLabel(zone(false, "policy { kind = round-robin }"));
    network.pass(WRITTEN);

    InProcessServer server = new InProcessServer(file.read(network.timeline().now()));
    assertThat(
            IntStream.range(0, 300)
                .mapToObj(_ -> addresses(asked(server, Type.A, "198.51.100.7", 0)))
                .distinct())
        .containsExactlyInAnyOrder(Network.NEW_YORK, Network.FRANKFURT, Network.TOKYO);
  }

  @Test
  void sayWhyTheyAreNotAsGoodAsUsual() throws Exception {
    network.measuredOwnLabel();
    List.of(Network.NEW_YORK, Network.FRANKFURT, Network.TOKYO, "2001:db8::1", "2001:db8::2")
        .forEach(network.sites::dies);
    network.pass(Duration.ofMinutes(10));

    Catalog kept = file.read(network.timeline().now());
    assertThat(asked(new InProcessServer(kept), Type.A, "198.51.100.7", 0).toString())
        .contains("every site is down: the last good order");
    assertThat(askedEverything(kept)).isEqualTo(askedEverything(network.catalog().get()));
  }

  @Test
  void sayWhyOfTheFamilyThatIsAskedFor() throws Exception {
    network.sites.answersAfter("2001:db8::1", 20);
    network.measuredOwnLabel(
        Zones.of(
            1,
            """
            "%s" {
              check { kind = http, interval = 30s }
              sites { old { addresses = ["192.0.2.2"] }, new { addresses = ["2001:db8::1"] } }
            }
            """
                .formatted(Network.SERVICE)));
    network.sites.dies(Network.FRANKFURT);
    network.pass(Duration.ofMinutes(10));

    Catalog kept = file.read(network.timeline().now());
    for (Catalog catalog : List.of(network.catalog().get(), kept)) {
      assertThat(why(catalog, Type.A)).contains("every site is down");
      assertThat(why(catalog, Type.AAAA)).doesNotContain("every site is down");
      assertThat(why(catalog, Type.HTTPS)).contains("every site is down");
    }
  }

  private static String why(Catalog catalog, int type) throws IOException {
    return asked(new InProcessServer(catalog), type, "198.51.100.7", 0).getOPT().toString();
  }

  @Test
  void holdBackedUpLabelsToo() {
    var session = network.measuredOwnLabel();
    network.assign(session, "lb-tyo-1", "lb-tyo-1.ns.lb.foobar.test");
    network.tokyoMeasured(session, Network.TOKYO, 5, Network.FRANKFURT, 200);
    network.pass(WRITTEN);

    assertThat(file.read(network.timeline().now()).zones())
        .extracting(it -> it.apex().toString())
        .containsExactlyInAnyOrder(OWN, OTHER);
  }

  @Test
  void followWhatIsDecided() throws Exception {
    network.measuredOwnLabel();
    network.pass(WRITTEN);
    network.sites.dies(Network.NEW_YORK);
    network.pass(Duration.ofMinutes(5));

    InProcessServer kept = new InProcessServer(file.read(network.timeline().now()));
    assertThat(addresses(asked(kept, Type.A, "198.51.100.7", 0))).isEqualTo(Network.FRANKFURT);
  }

  @Test
  void thereAreNoneOnceASignatureHasEnded() {
    network.measuredOwnLabel(zone(true, "mode = answer"));
    network.pass(WRITTEN);

    Instant now = network.timeline().now();
    assertThat(file.read(now).zones()).hasSize(1);
    assertThat(file.read(now.plus(Duration.ofDays(60))).zones()).isEmpty();
  }

  @Test
  void thereAreNoneOfAFileThatIsMissingCutOrChanged() throws Exception {
    assertThat(file.read(network.timeline().now()).zones()).isEmpty();
    network.measuredOwnLabel();
    network.pass(WRITTEN);
    byte[] whole = Files.readAllBytes(directory.resolve("lb.answers"));

    for (int length : new int[] {0, 3, 4, whole.length - 1}) {
      Files.write(directory.resolve("lb.answers"), Arrays.copyOf(whole, length));
      assertThat(file.read(network.timeline().now()).zones()).as("%d octets", length).isEmpty();
    }
    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      Files.write(directory.resolve("lb.answers"), changed);
      assertThat(file.read(network.timeline().now()).zones()).as("octet %d", at).isEmpty();
    }
  }

  private static EnterpriseZone zone(boolean signed, String lines) {
    EnterpriseZone zone = Zones.zone(1, Network.SERVICE, lines);
    return new EnterpriseZone(
        zone.enterprise(), zone.origin(), zone.form(), signed, zone.version(), zone.services());
  }

  /** Answers of all types, signed and not, to resolvers here and there. */
  private static List<String> askedEverything(Catalog catalog) throws IOException {
    InProcessServer server = new InProcessServer(catalog);
    List<String> answers = new ArrayList<>();
    for (int resolver = 0; resolver < RESOLVERS; resolver++) {
      for (int flags : new int[] {0, ExtendedFlags.DO}) {
        for (int type :
            new int[] {
              Type.A,
              Type.AAAA,
              Type.HTTPS,
              Type.NS,
              Type.SOA,
              Type.DNSKEY,
              Type.NSEC,
              Type.TXT,
              Type.ANY
            }) {
          answers.add(asked(server, type, "10." + resolver + ".7.1", flags).toString());
        }
      }
    }
    return answers;
  }

  private static Message asked(InProcessServer server, int type, String source, int flags) {
    try {
      Message query =
          Message.newQuery(Record.newRecord(Name.fromString(OWN + "."), type, DClass.IN));
      query.getHeader().setID(1);
      query.addRecord(new OPTRecord(1232, 0, 0, flags), Section.ADDITIONAL);
      return new Message(server.ask(query.toWire(), InetAddress.ofLiteral(source), Transport.UDP));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String addresses(Message answer) {
    return answer.getSection(Section.ANSWER).getFirst().rdataToString();
  }
}
