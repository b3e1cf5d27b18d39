package net.dglb.dns.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.dglb.dns.tsig.TsigFuzz;
import org.junit.jupiter.api.Test;

/** Inputs that fuzzing found to lead into every branch, and those that once failed. */
class CorpusTest {

  private static final Path CORPORA = Path.of("src/test/fuzz");

  private interface Harness {
    void run(byte[] input) throws Exception;
  }

  @Test
  void answersEveryKeptQuery() throws IOException {
    replay("query", QueryFuzz::fuzzerTestOneInput);
  }

  @Test
  void answersEveryKeptStream() throws IOException {
    replay("tcp", TcpFuzz::fuzzerTestOneInput);
  }

  @Test
  void believesOnlyTheRightOnesOfTheKeptSignedMessages() throws IOException {
    replay("tsig", TsigFuzz::fuzzerTestOneInput);
  }

  @Test
  void answersEveryKeptRequestForAZone() throws IOException {
    replay("transfer", TransferFuzz::fuzzerTestOneInput);
  }

  private static void replay(String corpus, Harness harness) throws IOException {
    List<Path> inputs;
    try (Stream<Path> files = Files.list(CORPORA.resolve(corpus))) {
      inputs = files.sorted().toList();
    }
    assertThat(inputs).isNotEmpty();
    for (Path input : inputs) {
      byte[] octets = Files.readAllBytes(input);
      assertThatCode(() -> harness.run(octets)).as("%s", input).doesNotThrowAnyException();
    }
  }
}
