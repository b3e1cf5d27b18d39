package net.dglb.lb.resolvers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.dglb.net.Prefix;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolverSourceTest {

  private static final Prefix CONFIGURED = Prefix.parse("198.51.100.0/24");
  private static final Prefix CLIENTS = Prefix.parse("10.0.0.0/8");

  private final List<ResolverSet> announced = new ArrayList<>();
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("resolv.conf");
  }

  @Test
  void unitesConfiguredPrefixesWithThoseOfTheFile() throws IOException {
    write("nameserver 192.0.2.53");
    ResolverSource source = source();
    source.refresh();
    assertThat(source.current().resolvers())
        .containsExactly(Prefix.parse("192.0.2.53"), CONFIGURED);
    assertThat(source.current().clients()).containsExactly(CLIENTS);
  }

  @Test
  void announcesAChangeOnceAndOnlyAChange() throws IOException {
    write("nameserver 192.0.2.53");
    ResolverSource source = source();
    source.refresh();
    write("# the same resolver, another comment\nnameserver 192.0.2.53");
    source.refresh();
    write("nameserver 192.0.2.54");
    source.refresh();
    assertThat(announced).hasSize(2);
    assertThat(announced.getLast().resolvers()).contains(Prefix.parse("192.0.2.54"));
  }

  @Test
  void keepsTheLastGoodSetWhenTheFileIsEmptyOrGone() throws IOException {
    write("nameserver 192.0.2.53");
    ResolverSource source = source();
    source.refresh();
    write("");
    source.refresh();
    assertThat(source.current().resolvers()).contains(Prefix.parse("192.0.2.53"));
    assertThat(source.problems()).singleElement().asString().contains("resolv.conf:1:");
    Files.delete(file);
    source.refresh();
    assertThat(source.current().resolvers()).contains(Prefix.parse("192.0.2.53"));
    assertThat(source.problems()).singleElement().asString().contains("cannot be read");
    assertThat(announced).hasSize(1);
  }

  @Test
  void forgetsTheProblemOnceTheFileIsGoodAgain() throws IOException {
    ResolverSource source = source();
    source.refresh();
    assertThat(source.problems()).hasSize(1);
    write("nameserver 192.0.2.53");
    source.refresh();
    assertThat(source.problems()).isEmpty();
  }

  @Test
  void startsFromWhatTheFileGaveBeforeARestart() {
    Prefix saved = Prefix.parse("192.0.2.77");
    ResolverSource source =
        new ResolverSource(
            new ResolverSet(List.of(), List.of()),
            Optional.of(file),
            List.of(saved),
            announced::add);
    source.refresh();
    assertThat(source.current().resolvers()).containsExactly(saved);
  }

  @Test
  void forgetsTheFileThatIsNoLongerConfigured() throws IOException {
    write("nameserver 192.0.2.53");
    ResolverSource source = source();
    source.refresh();
    source.configure(new ResolverSet(List.of(CONFIGURED), List.of()), Optional.empty());
    assertThat(source.current().resolvers()).containsExactly(CONFIGURED);
    assertThat(announced).hasSize(2);
  }

  private ResolverSource source() {
    return new ResolverSource(
        new ResolverSet(List.of(CONFIGURED), List.of(CLIENTS)),
        Optional.of(file),
        List.of(),
        announced::add);
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }
}
