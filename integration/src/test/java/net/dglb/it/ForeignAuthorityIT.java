package net.dglb.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** What the documents tell owners of other name servers to write, loaded by these name servers. */
class ForeignAuthorityIT {

  private static final Path DOCUMENT = Path.of("../docs/registering.md");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern ROW =
      Pattern.compile(
          "\\| (aliased|delegated) \\| `(\\S+)` \\| (\\S+) \\| (\\d+) \\| `(\\S+)` \\|");

  private interface Start {
    DocumentedNameServer with(Path folder, String zone) throws IOException;
  }

  @ParameterizedTest
  @ValueSource(strings = {"BIND", "Knot"})
  void theDocumentedServerAnswersWithTheReferral(String kind, @TempDir Path folder)
      throws Exception {
    Tool.require(kind.equals("BIND") ? "named" : "knotd");
    for (String form : List.of("aliased", "delegated")) {
      Path own = Files.createDirectory(folder.resolve(form));
      Files.writeString(own.resolve(form + ".zone"), zone(form));
      Start start =
          kind.equals("BIND")
              ? (at, zone) -> DocumentedNameServer.bind(at, block("named"), zone)
              : (at, zone) -> DocumentedNameServer.knot(at, block("knot"), zone);
      try (DocumentedNameServer server = start.with(own, form + ".zone")) {
        await()
            .atMost(PATIENCE)
            .ignoreExceptions()
            .untilAsserted(() ->
                assertThat(server.ask("foobar.example").getHeader().getFlag(Flags.AA))
                    .as(server.log())
                    .isTrue());
        if (form.equals("aliased")) {
          requireAliased(server.ask("www.foobar.example"));
        } else {
          requireDelegated(server.ask("shop.foobar.example"));
        }
        assertThat(server.log()).doesNotContainIgnoringCase("warning");
        Tool.run(
                kind.equals("BIND")
                    ? List.of("named-checkconf", "-z", server.config())
                    : List.of("knotc", "-c", server.config(), "zone-check", "foobar.example"),
                30)
            .expectSuccess("the check of " + kind);
      }
    }
  }

  private static void requireAliased(Message answer) {
    assertThat(records(answer, Section.ANSWER))
        .containsExactly("www.foobar.example. 86400 CNAME www.lb.foobar.example.");
    assertThat(records(answer, Section.AUTHORITY))
        .containsExactlyInAnyOrder(
            "lb.foobar.example. 86400 NS b1.dglb.example.",
            "lb.foobar.example. 86400 NS b2.dglb.example.");
  }

  private static void requireDelegated(Message answer) {
    assertThat(answer.getHeader().getFlag(Flags.AA)).isFalse();
    assertThat(records(answer, Section.ANSWER)).isEmpty();
    assertThat(records(answer, Section.AUTHORITY))
        .containsExactlyInAnyOrder(
            "shop.foobar.example. 86400 NS b1.dglb.example.",
            "shop.foobar.example. 86400 NS b2.dglb.example.");
  }

  @Test
  void namedCheckzoneFindsNothingWrongWithTheZones(@TempDir Path folder) throws IOException {
    Tool.require("named-checkzone");
    for (String form : List.of("aliased", "delegated")) {
      String file = Files.writeString(folder.resolve(form + ".zone"), zone(form)).toString();
      assertThat(
              Tool.run(List.of("named-checkzone", "foobar.example", file), 30)
                  .expectSuccess("named-checkzone"))
          .endsWith("OK\n");
    }
  }

  @Test
  void aProvidersFormHoldsTheSameRecords() throws IOException {
    for (String form : List.of("aliased", "delegated")) {
      List<String> rows = new ArrayList<>();
      Matcher row = ROW.matcher(Files.readString(DOCUMENT));
      while (row.find()) {
        if (row.group(1).equals(form)) {
          rows.add(
              "%s.foobar.example. %s IN %s %s"
                  .formatted(row.group(2), row.group(4), row.group(3), row.group(5)));
        }
      }
      assertThat(rows)
          .isEqualTo(zone(form).lines().dropWhile(it -> !it.startsWith("; as")).skip(1).toList());
    }
  }

  private static List<String> records(Message answer, int section) {
    return answer.getSection(section).stream().map(ForeignAuthorityIT::line).toList();
  }

  private static String line(Record record) {
    return "%s %d %s %s"
        .formatted(
            record.getName(),
            record.getTTL(),
            org.xbill.DNS.Type.string(record.getType()),
            record.rdataToString());
  }

  private static String zone(String form) throws IOException {
    return blocks("zone")
        .filter(text -> text.startsWith("; " + form + ".zone\n"))
        .findFirst()
        .orElseThrow();
  }

  private static String block(String language) throws IOException {
    return blocks(language).findFirst().orElseThrow();
  }

  private static Stream<String> blocks(String language) throws IOException {
    Pattern block = Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL);
    return block.matcher(Files.readString(DOCUMENT)).results().map(it -> it.group(1));
  }
}
