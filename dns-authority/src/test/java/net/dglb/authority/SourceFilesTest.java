package net.dglb.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import net.dglb.authority.ask.FlattenedNames;
import net.dglb.authority.keys.ZoneSigning;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.transfer.Notifier;
import net.dglb.dns.tsig.KeyFiles;
import net.dglb.net.DomainName;
import net.dglb.node.FileWatcher;
import net.dglb.node.Published;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFilesTest {

  private static final DomainName ORIGIN = DomainName.of("foobar.test");
  private static final String ZONE =
      """
      $TTL 300
      @ SOA ns1 hostmaster 1 7200 3600 1209600 60
      @ NS ns1
      ns1 A 127.0.0.1
      """;

  @TempDir private Path folder;

  private final VirtualTimeline timeline =
      new VirtualTimeline(Instant.parse("2026-01-01T00:00:00Z"));
  private final List<String> told = new ArrayList<>();
  private final Published<Catalog> catalog = new Published<>(Catalog.empty());
  private final ServedZones zones =
      new ServedZones(
          catalog,
          new KeptRecords(new HashMap<>()),
          new SerialBook(new HashMap<>()),
          new Secondaries(new Notifier(KeyFiles.NONE, (_, _, _) -> {}, new Random(1), timeline)),
          new ZoneSigning(
              Path.of("keys"), new KeptRecords(new HashMap<>()), timeline, new Random(1)),
          new FlattenedNames(new HashMap<>(), timeline, () -> {}));
  private final Registrations registrations = new Registrations(new HashMap<>(), new HashMap<>());
  private final SourceFiles files =
      new SourceFiles(
          new FileWatcher(timeline, Duration.ofSeconds(1)),
          zones,
          registrations,
          () -> told.add("zones"),
          () -> told.add("changed"));

  @BeforeEach
  void writeAZoneOfThreeFiles() throws IOException {
    write("foobar.zone", ZONE + "$INCLUDE parts/hosts.zone\n");
    Files.createDirectory(folder.resolve("parts"));
    write("parts/hosts.zone", "one A 192.0.2.1\n$include more.zone ; and more\n");
    write("parts/more.zone", "two A 192.0.2.2\n");
    files.use(List.of(new ZoneSource(ORIGIN, folder.resolve("foobar.zone"))), List.of());
    assertThat(zones.problems()).isEmpty();
  }

  @Test
  void noticesAChangeInAFileIncludedByAnIncludedFile() throws IOException {
    Catalog before = catalog.get();
    write("parts/more.zone", "two A 192.0.2.22\n");
    look();

    assertThat(catalog.get()).isNotSameAs(before);
    assertThat(told).as("so that what was read is kept").containsExactly("zones");
    write("parts/more.zone", "two A 192.0.2.999\n");
    look();
    assertThat(zones.problems().toString()).contains("more.zone:1");
  }

  @Test
  void noticesThatAMissingIncludedFileIsThereAgain() throws IOException {
    Files.delete(folder.resolve("parts/more.zone"));
    look();
    assertThat(zones.problems().toString()).contains("more.zone");

    write("parts/more.zone", "two A 192.0.2.2\n");
    look();

    assertThat(zones.problems()).isEmpty();
  }

  @Test
  void looksAtNewlyIncludedFilesAndNoLongerAtOthers() throws IOException {
    write("parts/new.zone", "three A 192.0.2.3\n");
    write("parts/hosts.zone", "one A 192.0.2.1\n$INCLUDE new.zone\n");
    look();

    write("parts/more.zone", "of no use\n");
    look();
    assertThat(zones.problems()).isEmpty();

    write("parts/new.zone", "of no use\n");
    look();
    assertThat(zones.problems().toString()).contains("new.zone:1");
  }

  @Test
  void aFileThatIncludesItselfIsReportedAndWatchedOn() throws IOException {
    write("parts/more.zone", "$INCLUDE more.zone\n");
    look();
    assertThat(zones.problems().toString()).contains("includes itself");

    write("parts/more.zone", "two A 192.0.2.2\n");
    look();
    assertThat(zones.problems()).isEmpty();
  }

  @Test
  void tellsOfADocumentOnlyWhenItSaysSomethingNew() throws IOException {
    write("lb.conf", document("192.0.2.1"));
    files.use(
        List.of(new ZoneSource(ORIGIN, folder.resolve("foobar.zone"))),
        List.of(folder.resolve("lb.conf")));

    write("lb.conf", document("192.0.2.1") + "# the same\n");
    look();
    write("lb.conf", "registration {");
    look();
    assertThat(told).isEmpty();

    write("lb.conf", document("192.0.2.2"));
    look();
    assertThat(told).containsExactly("changed");
  }

  /** A change is told once it was the same in two looks. */
  private void look() {
    timeline.advance(Duration.ofSeconds(3));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static String document(String site) {
    return """
    registration {
      version = 1, enterprise = foobar, zone = lb.foobar.test, form = aliased
      services { "www.lb.foobar.test" {
        mode = answer
        check { kind = http, port = 80, path = "/" }
        sites { only { addresses = ["%s"] } }
      } }
    }
    """
        .formatted(site);
  }
}
