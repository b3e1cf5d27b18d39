package net.dglb.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The dglb script itself; the cases are in a shell script of their own. */
class DglbScriptTest {

  @Test
  void findsTheJdkWhereItIsAndSaysWhatToDoWhereThereIsNone() throws Exception {
    Process process =
        new ProcessBuilder("sh", "src/test/sh/jdk-search.sh", Path.of("..", "dglb").toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output.lines().filter(line -> line.startsWith("ok: "))).as(output).hasSize(8);
  }
}
