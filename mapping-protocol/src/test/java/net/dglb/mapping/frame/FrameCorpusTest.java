package net.dglb.mapping.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Inputs that fuzzing found to lead into every branch, and those that once failed. */
class FrameCorpusTest {

  private static final Path CORPUS = Path.of("src/test/fuzz/frames");

  @Test
  void readsOrRefusesEveryKeptInput() throws IOException {
    List<Path> inputs;
    try (Stream<Path> files = Files.list(CORPUS)) {
      inputs = files.sorted().toList();
    }
    assertThat(inputs).isNotEmpty();
    for (Path input : inputs) {
      byte[] octets = Files.readAllBytes(input);
      assertThatCode(() -> FrameFuzz.fuzzerTestOneInput(octets))
          .as("%s", input)
          .doesNotThrowAnyException();
    }
  }
}
