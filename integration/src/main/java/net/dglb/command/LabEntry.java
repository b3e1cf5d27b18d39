package net.dglb.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.dglb.lab.client.Namespace;
import net.dglb.lab.client.RunningLab;
import picocli.CommandLine.Model.CommandSpec;

/** Gets commands into the network namespace of a running lab. */
final class LabEntry {

  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private LabEntry() {}

  /** Whether the lab has a network of its own and this process is not in it. */
  static boolean isOutside(RunningLab lab) {
    return lab.inNamespace() && !Namespace.isIn(lab.pid());
  }

  /** The words that run this very command line elsewhere; the class path goes by environment. */
  static List<String> thisCommand(List<String> arguments) {
    List<String> words = new ArrayList<>();
    words.add(System.getProperty("java.home") + "/bin/java");
    words.addAll(FLAGS);
    words.add(Main.class.getName());
    words.addAll(arguments);
    return words;
  }

  /** Runs this command line again inside; returns its exit code. */
  static int rerunInside(RunningLab lab, CommandSpec spec)
      throws IOException, InterruptedException {
    List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
    return run(lab, thisCommand(arguments));
  }

  /** Runs a program inside, or here if the lab has no network of its own. */
  static int run(RunningLab lab, List<String> command) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    if (isOutside(lab)) {
      words.addAll(Namespace.of(lab.pid()));
    }
    words.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(words).inheritIO();
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    try {
      return builder.start().waitFor();
    } catch (IOException e) {
      throw new IOException(words.getFirst() + " cannot be run: " + e.getMessage(), e);
    }
  }
}
