package net.dglb.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.dglb.config.ConfigException;
import net.dglb.config.ConfigSection;
import net.dglb.identity.NodeRole;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTest {

  private static final Duration SOON = Duration.ofSeconds(10);

  /** What the file of this test holds. */
  private record Settings(String live, int fixed, Optional<Path> named) {

    static Settings read(ConfigSection root) {
      return new Settings(
          root.string("part.live"),
          root.integer("part.fixed", 1, 9),
          root.optionalReadableFile("part.named"));
    }
  }

  private static final ConfigurationFile.Form<Settings> FORM =
      new ConfigurationFile.Form<>("", Settings::read, List.of("part.live", "part.named"));

  @TempDir Path folder;

  private final VirtualTimeline timeline = new VirtualTimeline(Instant.EPOCH);
  private final List<Settings> used = new ArrayList<>();
  private final Metrics metrics = new Metrics(NodeRole.AUTHORITY, "a1");

  @Test
  void aChangedFileIsTakenIntoUse() throws Exception {
    ConfigurationFile<Settings> file = open("part { live = one, fixed = 1 }");
    assertThat(file.settings().live()).isEqualTo("one");

    write("part { live = two, fixed = 1 }");
    timeline.advance(SOON);

    assertThat(used).extracting(Settings::live).containsExactly("two");
    assertThat(status(file)).contains("problems=[]", "at-next-start=[]");
  }

  @Test
  void aBrokenFileChangesNothingAndIsReportedWithItsLine() throws Exception {
    ConfigurationFile<Settings> file = open("part { live = one, fixed = 1 }");

    write("part {\n  live = two\n  fixed = 10\n}");
    timeline.advance(SOON);

    assertThat(used).isEmpty();
    assertThat(status(file)).contains("node.conf:3: part.fixed: value: 10 (expected: a whole");
    assertThat(metrics.scrape()).contains("dglb_configuration_problem 1.0");

    write("part { live = three, fixed = 1 }");
    timeline.advance(SOON);

    assertThat(used).extracting(Settings::live).containsExactly("three");
    assertThat(status(file)).contains("problems=[]");
    assertThat(metrics.scrape()).contains("dglb_configuration_problem 0.0");
  }

  @Test
  void aFileThatItNamesMayAppearLater() throws Exception {
    ConfigurationFile<Settings> file = open("part { live = one, fixed = 1 }");
    write("part { live = two, fixed = 1, named = late }");
    timeline.advance(SOON);
    assertThat(status(file)).contains("node.conf:1: part.named");

    Files.writeString(folder.resolve("late"), "");
    timeline.advance(SOON);

    assertThat(used).hasSize(1);
  }

  @Test
  void aChangeThatOnlyCountsAtAStartIsSaidUntilItIsTakenBack() throws Exception {
    ConfigurationFile<Settings> file = open("part { live = one, fixed = 1 }");
    try (LogCapture log = new LogCapture(ConfigurationFile.class)) {
      write("part { live = two, fixed = 2 }");
      timeline.advance(SOON);
      assertThat(log.messages()).contains("part.fixed changed: takes effect at the next start");
    }

    assertThat(used).extracting(Settings::live).as("the rest is in use").containsExactly("two");
    assertThat(status(file)).contains("at-next-start=[part.fixed]");

    write("part { live = two, fixed = 1 }");
    timeline.advance(SOON);
    assertThat(status(file)).contains("at-next-start=[]");
  }

  @Test
  void aBrokenFileIsRefusedAtTheStart() throws Exception {
    write("part { live = one }");

    assertThatThrownBy(() -> ConfigurationFile.open(path(), FORM))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("part.fixed: missing");
  }

  private ConfigurationFile<Settings> open(String text) throws Exception {
    write(text);
    ConfigurationFile<Settings> file = ConfigurationFile.open(path(), FORM);
    file.watch(timeline, used::add);
    file.register(metrics);
    return file;
  }

  private String status(ConfigurationFile<Settings> file) {
    return file.status(new WatchedIdentity(Optional.empty(), timeline)).toString();
  }

  private void write(String text) throws IOException {
    Files.writeString(path(), text);
  }

  private Path path() {
    return folder.resolve("node.conf");
  }
}
