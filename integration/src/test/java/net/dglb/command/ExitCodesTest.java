package net.dglb.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How commands end that cannot do what they were asked, and what they print then. */
class ExitCodesTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lab --describe",
        "lab status",
        "lab slow toronto 300",
        "lab kill b1",
        "lab dig www.foobar.test",
        "lab shell true",
        "status --node b1",
        "site --node lb-madrid",
        "zone list --node b1",
        "trace www.foobar.test"
      })
  void thereIsOneForALabThatDoesNotRun(String command) {
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    words.addAll(words.get(0).equals("lab") && words.size() > 2 ? 2 : words.size(), dir());
    CommandLineRun run = CommandLineRun.of(words.toArray(String[]::new));

    assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
    assertThat(run.err()).startsWith("dglb: no lab runs with its files in ").hasLineCount(1);
  }

  @Test
  void aLabIsNotTakenToRunSinceAnotherProcessHasItsNumberNow() throws IOException {
    long started = ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli();
    String description = "{\"pid\": %d, \"started\": %d, \"nodes\": []}";
    Path file = folder.resolve("lab.json");
    long own = ProcessHandle.current().pid();

    Files.writeString(file, description.formatted(own, started - 60_000));
    CommandLineRun stale = CommandLineRun.of("lab", "--describe", "--dir", folder.toString());
    Files.writeString(file, description.formatted(own, started));
    CommandLineRun running = CommandLineRun.of("lab", "--describe", "--dir", folder.toString());

    assertThat(stale.exitCode()).isEqualTo(3);
    assertThat(stale.err()).startsWith("dglb: no lab runs with its files in ");
    assertThat(running.exitCode()).as(running.err()).isZero();
  }

  private List<String> dir() {
    return List.of("--dir", folder.toString());
  }

  @Test
  void anAddressWhereNobodyListensIsNamedInPlainWords() {
    CommandLineRun run = CommandLineRun.of("status", "--admin", "127.0.0.1:1");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).isEqualTo("dglb: 127.0.0.1:1 does not answer: nothing listens there\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pki init %s/a --days 0",
        "pki init %s/a --days 36501",
        "pki issue %s/a --role lb --id a --days -1",
        "lab --dir %s --seconds -1",
        "lab --dir %s --lbs 0",
        "lab --dir %s --port 70000",
        "lab --dir %s --sites 11",
        "lab --dir %s --probe-interval 0s",
        "lab --dir %s --probe-interval 1500ms",
        "lab --dir %s --probe-interval 1h",
        "lab --dir %s --ttl-referral 0s",
        "lab --dir %s --ttl-referral 2d",
        "lab --dir %s --ttl-answer 999999999d",
        "lab --dir %s --ttl-referral 1m --ttl-answer 2m",
        "lab --dir %s --namespace --ttl-answer 0s",
        "lab slow --dir %s toronto abc",
        "lab slow --dir %s toronto 5s",
        "lab slow --dir %s toronto 60001",
        "zone rollback a.test 0 --dir %s",
        "zone rollback a.test 1 --base -1 --dir %s",
        "zone remove a.test --base -1 --dir %s",
        "zone audit --after -1 --dir %s",
        "zone audit --after 7:x --dir %s",
        "zone enterprise a --zones -1 --dir %s",
        "zone enterprise a --services -1 --dir %s",
        "zone sign %s/a.conf --key %<s/a.pem --version 0",
        "bench dns-server --listen 127.0.0.1:0 --services 0",
        "bench dns-server --listen 127.0.0.1:0 --prefixes -1",
        "trace a.test --dir %s --server 127.0.0.1 --port 0",
        "trace a.test --dir %s --server 127.0.0.1 --from-port -1",
        "trace a.test --dir %s --server 127.0.0.1 --timeout 0"
      })
  void numbersThatCannotBeAreRefused(String command) {
    CommandLineRun run = CommandLineRun.of(command.formatted(folder).split(" ", -1));

    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains("expected").hasLineCount(1);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aTraceSaysThatAnAddressOfOneFamilyCannotAskTheOther() {
    CommandLineRun run =
        CommandLineRun.of(
            "trace", "a.test", "--dir", folder + "", "--server", "127.0.0.1", "--from", "::1");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "dglb: --from is an IPv6 address, and --server has none of that family (give --server"
                + " an IPv6 address, or ask from another)\n");
  }

  @Test
  void aTraceSaysThatNoInterfaceHasTheAddressToAskFrom() {
    CommandLineRun run =
        CommandLineRun.of(
            "trace", "a.test", "--dir", folder + "", "--server", "127.0.0.1", "--from=192.0.2.1");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("no interface of this machine has the address to ask from");
  }

  @Test
  void aTerminalIsNotMadeToObeyWhatAConfigurationHolds() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("node.conf"),
            "zones = []\nnode.id = \"a\\u001b[2J\\nb.conf:1: fine\"\n");

    CommandLineRun run = CommandLineRun.of("check", file.toString());

    assertThat(run.out()).contains("value: a\\u001b[2J\\u000ab.conf:1: fine (expected: ");
    assertThat(run.out()).doesNotContain("\u001b");
  }
}
