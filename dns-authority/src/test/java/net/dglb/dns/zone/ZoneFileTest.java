package net.dglb.dns.zone;

import static net.dglb.dns.serve.Asked.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.dglb.dns.serve.Asked;
import net.dglb.net.DomainName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZoneFileTest {

  private static final DomainName ORIGIN = DomainName.of("example.test");

  @TempDir private Path folder = Path.of(".");

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void readsAMasterFileWithTtlAndIncludes() throws Exception {
    Files.createDirectory(folder.resolve("parts"));
    write("parts/hosts.zone", "www A 192.0.2.1\n");
    Path file =
        write(
            "example.zone",
            """
            $TTL 1h
            @ IN SOA ns admin ( 1 3600 600 86400 60 )
              IN NS ns
            $INCLUDE parts/hosts.zone
            ns A 192.0.2.2
            """);
    Asked asked = new Asked(ZoneFile.load(file, ORIGIN));
    assertThat(answer(asked.ask("www.example.test", "A")))
        .containsExactly("www.example.test. 3600 A 192.0.2.1");
    assertThat(answer(asked.ask("ns.example.test", "A"))).hasSize(1);
    assertThat(ZoneFile.files(file)).containsExactly(file, folder.resolve("parts/hosts.zone"));
  }

  @Test
  void includesAFileWhoseNameStandsInQuotesOrIsWhole() throws Exception {
    Path part = write("some hosts.zone", "www A 192.0.2.1\n");
    for (String name : List.of("some hosts.zone", part.toString())) {
      Path file =
          write(
              "example.zone",
              "$TTL 60\n@ SOA ns admin 1 1 1 1 60\n@ NS ns\n$include \"%s\" ; hosts\n"
                  .formatted(name));
      assertThat(answer(new Asked(ZoneFile.load(file, ORIGIN)).ask("www.example.test", "A")))
          .hasSize(1);
      assertThat(ZoneFile.files(file)).containsExactly(file, part);
    }
  }

  @Test
  void tellsOfAnIncludeThatIsNoPath() throws Exception {
    Path file = write("example.zone", "$TTL 60\n$INCLUDE a\0b\n");
    assertThatThrownBy(() -> ZoneFile.load(file, ORIGIN))
        .isInstanceOf(ZoneException.class)
        .hasMessageContaining(file + ": includes what is no path");
  }

  @Test
  void tellsFileAndLineOfWhatItCannotRead() throws Exception {
    Path file =
        write("bad.zone", "$TTL 60\n@ SOA ns admin 1 1 1 1 60\n@ NS ns\nwww A 192.0.2.300\n");
    assertThatThrownBy(() -> ZoneFile.load(file, ORIGIN))
        .isInstanceOf(ZoneException.class)
        .hasMessageContaining(file + ":4:");
  }

  @Test
  void tellsTheFileOfAZoneThatIsReadableAndWrong() throws Exception {
    Path file = write("wrong.zone", "$TTL 60\n@ SOA ns admin 1 1 1 1 60\n");
    assertThatThrownBy(() -> ZoneFile.load(file, ORIGIN))
        .hasMessage(
            file + ": example.test.: no NS record (expected at least 1 at the zone's apex)");
  }

  @Test
  void tellsWhichFileIsMissing() throws Exception {
    Path missing = folder.resolve("missing.zone");
    assertThatThrownBy(() -> ZoneFile.load(missing, ORIGIN)).hasMessage(missing + ": no such file");
    Path file = write("example.zone", "$INCLUDE missing.zone\n");
    assertThatThrownBy(() -> ZoneFile.load(file, ORIGIN)).hasMessage(missing + ": no such file");
  }

  @Test
  void refusesAFileThatIncludesItself() throws Exception {
    Path file = write("example.zone", "$INCLUDE other.zone\n");
    write("other.zone", "$INCLUDE example.zone\n");
    assertThatThrownBy(() -> ZoneFile.load(file, ORIGIN)).hasMessageEndingWith("includes itself");
  }

  @Test
  void refusesMoreRecordsThanMemoryHolds() throws Exception {
    Path file = write("example.zone", "$TTL 60\n$GENERATE 0-4000000000 h$ A 192.0.2.1\n");
    assertThatThrownBy(() -> ZoneFile.load(file, ORIGIN))
        .hasMessage(
            file
                + ": more than 1000000 records (expected: at most so many; a range of $GENERATE may"
                + " be too wide)");
  }
}
