package net.dglb.bench.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import net.dglb.bench.BenchCommand;
import net.dglb.command.terminal.Terminal;
import org.junit.jupiter.api.Test;

class SigningCommandTest {

  @Test
  void tellsWhatASignatureCostsWithEachAlgorithm() {
    StringWriter out = new StringWriter();
    Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(out));
    int code = BenchCommand.commandLine(terminal).execute("signing", "--signatures", "20");
    assertThat(code).as(out.toString()).isZero();
    assertThat(out.toString().lines())
        .hasSize(2)
        .allMatch(line -> line.matches("[A-Z0-9_]+: [1-9][0-9]* us per signature, .*"));
  }
}
