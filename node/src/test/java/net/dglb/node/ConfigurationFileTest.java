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
import net.dglb.identity.PeerIdentity;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTest {

  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration SOON = Duration.ofSeconds(10);

  /** What the file of this test holds. */
  private record Settings(String live, int fixed, String other, Optional<Path> named) {

    static Settings read(ConfigSection root) {
      return new Settings(
          root.string("part.live"),
          root.integer("part.fixed", 1, 9),
          root.optionalString("part.other").orElse(""),
          root.optionalReadableFile("part.named"));
    }
  }

  private static final ConfigurationFile.Form<Settings> FORM =
      new ConfigurationFile.Form<>("", Settings::read, List.of("part"), List.of("part.fixed"));

  @TempDir Path folder;

  private final VirtualTimeline timeline = new VirtualTimeline(Instant.EPOCH);
  private final List<Settings> used = new ArrayList<>();
  private String refusal = "";
  private final Metrics metrics = new Metrics(NodeRole.AUTHORITY, "a1");

  @Test
  void aChangedFileIsTakenIntoUse() throws Exception {
    ConfigurationFile<Settings> file = open("part { live = one, fixed = 1 }");
    assertThat(file.settings().live()).isEqualTo("one");

    write("part { live = two, fixed = 1 }");
    timeline.advance(SOON);

    assertThat(used).extracting(Settings::live).containsExactly("two");
    assertThat(status(file)).contains("problems=[]", "needs-restart=[]");
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
      assertThat(log.messages())
          .contains("part.fixed changed: needs a restart; the rest is in use");
    }

    assertThat(used).extracting(Settings::live).as("the rest is in use").containsExactly("two");
    assertThat(status(file)).contains("needs-restart=[part.fixed]");

    write("part { live = two, fixed = 1 }");
    timeline.advance(SOON);
    assertThat(status(file)).contains("needs-restart=[]");
  }

  @Test
  void aPartSeesTheOldValueOfAKeyThatNeedsARestart() throws Exception {
    open("part { live = one, fixed = 1 }");

    write("part { live = two, fixed = 2 }");
    timeline.advance(SOON);

    assertThat(used).extracting(Settings::fixed).containsExactly(1);
    assertThat(metrics.scrape()).contains("dglb_configuration_needs_restart 1.0");
  }

  @Test
  void aPartIsNotToldOfWhatIsNotItsOwn() throws Exception {
    open("part { live = one, fixed = 1, other = one }");

    write("part { live = one, fixed = 1, other = two }");
    timeline.advance(SOON);

    assertThat(used).isEmpty();
  }

  @Test
  void whatAPartCannotTakeIsReportedWithItsLineAndTriedAgain() throws Exception {
    ConfigurationFile<Settings> file = open("part { live = one, fixed = 1 }");
    refusal = "no room";

    write("part {\n  fixed = 1\n  live = two\n}");
    timeline.advance(SOON);

    assertThat(used).isEmpty();
    assertThat(status(file)).contains("node.conf:3: part.live: no room");
    assertThat(metrics.scrape()).contains("dglb_configuration_problem 1.0");

    refusal = "";
    timeline.advance(SOON);

    assertThat(used).extracting(Settings::live).containsExactly("two");
    assertThat(status(file)).contains("problems=[]");
  }

  @Test
  void aChangedFileThatAPartReadsHasItToldAgain() throws Exception {
    Files.writeString(folder.resolve("key"), "old");
    open("part { live = one, fixed = 1, named = key }");

    Files.writeString(folder.resolve("key"), "new");
    timeline.advance(SOON);

    assertThat(used).hasSize(1);
  }

  @Test
  void aFileThatAPartReadsFromNowOnIsWatchedToo() throws Exception {
    Files.writeString(folder.resolve("later"), "old");
    open("part { live = one, fixed = 1 }");
    write("part { live = one, fixed = 1, named = later }");
    timeline.advance(SOON);
    assertThat(used).hasSize(1);

    Files.writeString(folder.resolve("later"), "new");
    timeline.advance(SOON);

    assertThat(used).hasSize(2);
  }

  @Test
  void aChangeBetweenTheStartAndTheFirstLookIsNotLost() throws Exception {
    write("part { live = one, fixed = 1 }");
    ConfigurationFile<Settings> file = ConfigurationFile.open(path(), FORM);
    write("part { live = two, fixed = 1 }");

    file.watch(timeline, INTERVAL, parts(file.settings()));
    timeline.advance(SOON);

    assertThat(used).extracting(Settings::live).containsExactly("two");
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
    file.watch(timeline, INTERVAL, parts(file.settings()));
    file.register(metrics);
    return file;
  }

  private LiveParts<Settings> parts(Settings started) {
    return new LiveParts<>(started)
        .reading(
            "part.live",
            it -> new Settings(it.live(), it.fixed(), "", it.named()),
            it -> it.named().stream().toList(),
            this::use);
  }

  private void use(Settings settings) throws IOException {
    if (!refusal.isEmpty()) {
      throw new IOException(refusal);
    }
    used.add(settings);
  }

  private String status(ConfigurationFile<Settings> file) {
    return file.status(
            new WatchedIdentity(
                new PeerIdentity(NodeRole.AUTHORITY, "a1"), Optional.empty(), timeline, INTERVAL))
        .toString();
  }

  private void write(String text) throws IOException {
    Files.writeString(path(), text);
  }

  private Path path() {
    return folder.resolve("node.conf");
  }
}
