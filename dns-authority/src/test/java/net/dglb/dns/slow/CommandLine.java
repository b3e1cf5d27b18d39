package net.dglb.dns.slow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.dglb.net.Endpoint;

/** Runs programs that ask name servers. */
final class CommandLine {

  private CommandLine() {}

  /** Skips the calling test where a program is not installed. */
  static void require(String program) {
    assumeTrue(Files.isExecutable(Path.of(program)), program + " is not installed");
  }

  /** What dig prints. */
  static String dig(Endpoint server, String... question) throws Exception {
    require("/usr/bin/dig");
    List<String> command =
        new ArrayList<>(
            List.of(
                "/usr/bin/dig",
                "@" + server.address().getHostAddress(),
                "-p",
                Integer.toString(server.port()),
                "+tries=1",
                "+time=5"));
    command.addAll(List.of(question));
    return run(command);
  }

  static String run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
