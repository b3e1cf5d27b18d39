package net.dglb.authority.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.dglb.dns.serve.Asked;
import net.dglb.dns.sign.SigningAlgorithm;
import net.dglb.dns.sign.SigningKey;
import net.dglb.dns.sign.Validated;
import net.dglb.dns.zone.StaticZone;
import net.dglb.net.DomainName;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/** A zone over months: keys, signatures, serials, restarts, and a parent that follows. */
class ZoneSigningTest {

  private static final DomainName ZONE = DomainName.of("example.test");
  private static final String TEXT =
      """
      @ 3600 SOA ns admin 1 3600 600 86400 60
      @ 3600 NS ns
      ns 300 A 192.0.2.1
      www 300 A 192.0.2.2
      """;

  @TempDir private Path folder;

  private final VirtualTimeline timeline =
      new VirtualTimeline(Instant.parse("2026-01-01T00:00:00Z"));
  private final MemoryKept kept = new MemoryKept();
  private final List<Record> records = new ArrayList<>(Asked.records("example.test", TEXT));
  private ZoneSigning signing;
  private List<Record> served = List.of();
  private long serial = 1;

  @BeforeEach
  void start() {
    signing = new ZoneSigning(folder.resolve("keys"), kept, timeline, new Random(1));
  }

  private void use(DnssecSettings settings) {
    signing.use(Map.of(ZONE, Optional.of(settings)));
    serve();
  }

  /** Signs and publishes; what changed gets a new serial. */
  private void serve() {
    served = signing.sign(ZONE, records, List.of(), this::number);
  }

  private List<Record> number(List<Record> signed) {
    Set<String> before = new HashSet<>(texts(served));
    before.removeIf(text -> text.contains("\tSOA\t") || text.contains("RRSIG\tSOA"));
    Set<String> now = new HashSet<>(texts(signed));
    now.removeIf(text -> text.contains("\tSOA\t"));
    serial += now.equals(before) ? 0 : 1;
    return signed.stream()
        .map(record -> record instanceof SOARecord soa ? with(soa) : record)
        .toList();
  }

  private Record with(SOARecord soa) {
    return new SOARecord(
        soa.getName(),
        soa.getDClass(),
        soa.getTTL(),
        soa.getHost(),
        soa.getAdmin(),
        serial,
        soa.getRefresh(),
        soa.getRetry(),
        soa.getExpire(),
        soa.getMinimum());
  }

  private static List<String> texts(List<Record> records) {
    return records.stream().map(Record::toString).toList();
  }

  private SignedZone zone() {
    return signing.zone(ZONE).orElseThrow();
  }

  private List<String> states() {
    return zone().chain().keys().stream().map(key -> key.state().word()).toList();
  }

  private void pass(Duration time) {
    timeline.advance(time);
    if (signing.step()) {
      serve();
    }
  }

  private void validates(SigningKey anchor) throws Exception {
    Asked asked = new Asked(StaticZone.compile(ZONE, served));
    Clock clock = Clock.fixed(timeline.now(), ZoneOffset.UTC);
    Validated validated = new Validated(asked, "example.test", anchor, clock);
    validated.ask("www.example.test", "A");
    validated.ask("missing.example.test", "A");
    validated.ask("example.test", "SOA");
  }

  private SigningKey active() {
    SigningKey key = zone().chain().announced().orElseThrow();
    zone().parentHas(List.of(key.tag()));
    serve();
    return key;
  }

  @Test
  void aZoneIsSignedForMonthsThroughRollsAndRestarts() throws Exception {
    use(DnssecSettings.DEFAULT);
    assertThat(states()).containsExactly("published");
    SigningKey first = zone().chain().published().getFirst();
    assertThat(types()).contains(Type.DNSKEY).doesNotContain(Type.CDS);
    pass(Duration.ofHours(3));
    assertThat(states()).containsExactly("announced");
    assertThat(types()).contains(Type.CDS, Type.CDNSKEY);
    assertThat(active()).isEqualTo(first);
    for (int hours = 0; hours < 24 * 30; hours += 12) {
      pass(Duration.ofHours(12));
      validates(first);
    }
    start();
    use(withAlgorithm(SigningAlgorithm.ED25519));
    pass(Duration.ofMinutes(1));
    assertThat(states()).containsExactly("active", "introduced");
    for (int hours = 0; hours < 24 && !states().contains("announced"); hours++) {
      pass(Duration.ofHours(1));
      validates(first);
    }
    SigningKey second = active();
    assertThat(second.algorithm()).isEqualTo(SigningAlgorithm.ED25519);
    for (int hours = 0; hours < 48; hours++) {
      pass(Duration.ofHours(1));
      validates(second);
    }
    assertThat(zone().chain().signing()).containsExactly(second);
  }

  private static DnssecSettings withAlgorithm(SigningAlgorithm algorithm) {
    DnssecSettings all = DnssecSettings.DEFAULT;
    return new DnssecSettings(
        algorithm,
        all.lifetime(),
        all.renewBefore(),
        all.keyTtl(),
        Optional.of(Duration.ofDays(365)),
        all.parentTtl(),
        all.propagation(),
        List.of());
  }

  private List<Integer> types() {
    return served.stream().map(Record::getType).toList();
  }

  private List<String> signatures() {
    return served.stream()
        .filter(RRSIGRecord.class::isInstance)
        .map(Record::toString)
        .sorted()
        .toList();
  }

  @Test
  void aRestartSignsNothingAnewAndAChangeOnlyWhatChanged() {
    use(DnssecSettings.DEFAULT);
    List<String> before = signatures();
    long was = serial;
    timeline.advance(Duration.ofHours(1));
    start();
    use(DnssecSettings.DEFAULT);
    assertThat(signatures()).isEqualTo(before);
    assertThat(serial).isEqualTo(was);

    records.addAll(Asked.records("example.test", "new 300 A 192.0.2.3\n"));
    serve();
    List<String> made = new ArrayList<>(signatures());
    made.removeAll(before);
    assertThat(made)
        .as("of the new set, its NSEC, the one before it, and the SOA record")
        .hasSize(4);
    assertThat(serial).isEqualTo(was + 1);
  }

  @Test
  void signaturesAreRenewedWithANewSerialBeforeTheyEnd() {
    use(DnssecSettings.DEFAULT);
    long was = serial;
    for (int days = 0; days < 60; days++) {
      pass(Duration.ofDays(1));
      assertThat(zone().firstEnd()).isAfter(timeline.now().plus(Duration.ofDays(2)));
    }
    assertThat(serial).isGreaterThan(was + 3);
  }

  @Test
  void aZoneIsUnsignedInGoodOrder() {
    use(DnssecSettings.DEFAULT);
    pass(Duration.ofHours(3));
    active();
    signing.use(Map.of(ZONE, Optional.empty()));
    serve();
    assertThat(served).anyMatch(record -> record.toString().contains("CDS\t0 0 0 00"));
    pass(Duration.ofDays(30));
    assertThat(types()).contains(Type.RRSIG);
    zone().parentHas(List.of());
    pass(Duration.ofHours(26));
    assertThat(types()).doesNotContain(Type.RRSIG, Type.DNSKEY, Type.NSEC, Type.CDS);
    assertThat(folder.resolve("keys/example.test.keys")).doesNotExist();
    use(DnssecSettings.DEFAULT);
    assertThat(states()).containsExactly("published");
  }

  @Test
  void keysAreReadableForTheNodeAlone() throws IOException {
    use(DnssecSettings.DEFAULT);
    Path file = folder.resolve("keys/example.test.keys");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
    assertThat(file.getParent()).isDirectoryContaining(file::equals);
  }

  @Test
  void lostOrDamagedKeysAreNotReplacedAndTheZoneIsServedAsItWasSigned() throws Exception {
    use(DnssecSettings.DEFAULT);
    SigningKey key = zone().chain().published().getFirst();
    Path file = folder.resolve("keys/example.test.keys");
    String content = Files.readString(file);
    Files.writeString(file, content.replace("secret\" : \"", "secret\" : \"A"));
    start();
    use(DnssecSettings.DEFAULT);
    assertThat(signing.problems().get(ZONE)).contains("damaged", "restore the file from a backup");
    assertThat(signing.problems().get(ZONE)).doesNotContain(content.substring(200, 220));
    validates(key);

    Files.delete(file);
    start();
    use(DnssecSettings.DEFAULT);
    assertThat(signing.problems().get(ZONE)).contains("missing, but the zone was signed");
    validates(key);

    Files.writeString(file, content);
    use(DnssecSettings.DEFAULT);
    assertThat(signing.problems()).isEmpty();
    assertThat(zone().chain().published()).containsExactly(key);
  }

  @Test
  void lostKeysAreGivenUpOnlyOnCommandAndADamagedFileIsPutAside() throws Exception {
    use(DnssecSettings.DEFAULT);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> signing.forget(ZONE))
        .withMessageContaining("its keys are not lost");
    SigningKey lost = zone().chain().published().getFirst();
    Path file = folder.resolve("keys/example.test.keys");
    Files.writeString(file, "damaged");
    start();
    use(DnssecSettings.DEFAULT);
    assertThat(signing.problems()).isNotEmpty();

    signing.forget(ZONE);
    serve();

    assertThat(signing.problems()).isEmpty();
    assertThat(zone().chain().published()).doesNotContain(lost);
    validates(zone().chain().published().getFirst());
    assertThat(file.resolveSibling(file.getFileName() + ".lost-" + timeline.now().getEpochSecond()))
        .hasContent("damaged");
  }

  @Test
  void whatTheMasterFileHasOfKeysAndSignaturesGivesWay() {
    use(DnssecSettings.DEFAULT);
    records.addAll(served);
    serve();
    assertThat(types().stream().filter(type -> type == Type.DNSKEY)).hasSize(1);
    assertThat(types().stream().filter(type -> type == Type.NSEC)).hasSize(3);
  }

  @Test
  void theChainDoesNotDenyNamesThatAreNotKnownYet() {
    use(DnssecSettings.DEFAULT);
    Name name = Name.fromConstantString("lb.example.test.");
    List<Name> unknown = List.of(name, Name.fromConstantString("*.lb.example.test."));
    List<Record> signed = signing.sign(ZONE, records, unknown, this::number);
    assertThat(texts(signed))
        .anyMatch(text -> text.startsWith("lb.example.test.") && text.contains("NSEC\tns.example"));
    assertThat(texts(signed)).anyMatch(text -> text.contains("ns.example.test. NS RRSIG NSEC"));
    assertThat(texts(signed)).noneMatch(text -> text.startsWith("*.lb"));
  }

  @Test
  void theOperatorIsToldWhatIsWrongWithACommand() {
    use(DnssecSettings.DEFAULT);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> zone().giveUp(1))
        .withMessageContaining("no key with the tag 1");
    zone().roll();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> zone().roll())
        .withMessageContaining("a roll is under way");
    signing.use(Map.of(ZONE, Optional.empty()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> zone().roll())
        .withMessageContaining("about to be unsigned");
  }
}
