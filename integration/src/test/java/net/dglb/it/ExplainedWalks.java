package net.dglb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** What is explained of a running lab, beside what resolvers get and what documents show. */
final class ExplainedWalks {

  private ExplainedWalks() {}

  /** Awaits that every command of docs/explain.md prints what stands there. */
  static void awaitWhatTheDocumentShows(LabRun lab) throws IOException {
    List<DocumentedWalk.Step> steps = DocumentedWalk.steps(Path.of("..", "docs", "explain.md"));
    assertThat(steps).isNotEmpty();
    for (DocumentedWalk.Step step : steps) {
      List<String> command = new ArrayList<>(LabRun.command());
      command.addAll(step.command().subList(1, step.command().size()));
      command.addAll(List.of("--dir", lab.directory().resolve("lab").toString()));
      Awaitility.await(step.command() + ", once all is told to every node")
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> {
            String printed = Tool.run(command, 60).expectSuccess(step.command().toString());
            assertThat(withoutNumbers(printed.lines().toList()))
                .isEqualTo(withoutNumbers(step.output()));
          });
    }
  }

  /** Times, ages and what was measured differ from run to run. */
  private static List<String> withoutNumbers(List<String> lines) {
    return lines.stream()
        .filter(line -> !line.isBlank())
        .filter(line -> !line.strip().startsWith("failed at") && !line.contains("lead of"))
        .map(line ->
            line.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
                .replaceAll("\\d+\\.\\d+(?![.\\d])( ms)?", "N")
                .replaceAll("\\b\\d+ s\\b", "N")
                .replaceAll("\\s+", " ")
                .strip())
        .toList();
  }

  /** Asks {@code trace} and {@code explain} about random resolvers; fails where they differ. */
  static void assertTraceAndExplainAgree(LabRun lab, long seed, int cases) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        lab.inside(
            java,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            TraceAndExplain.class.getName(),
            lab.directory().resolve("lab").toString(),
            Long.toString(seed),
            Integer.toString(cases));
    String printed = Tool.run(command, 120).expectSuccess("trace and explain");
    System.out.print(printed);
  }
}
