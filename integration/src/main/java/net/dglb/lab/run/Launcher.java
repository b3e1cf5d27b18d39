package net.dglb.lab.run;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts the real command as a process of its own, with this process's Java and class path, so that
 * it ends with this process.
 *
 * @param java the java program
 * @param classPath the class path of this process
 * @param mainClass the command's main class
 */
public record Launcher(Path java, String classPath, String mainClass) {

  /** What makes a JVM small and quick to start; the two last are needed by Netty and Hazelcast. */
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xshare:auto",
          "-Xss512k",
          "-XX:ReservedCodeCacheSize=48m",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  /** The Java and the class path that this process runs with. */
  public static Launcher ofThisProcess(String mainClass) {
    return new Launcher(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        System.getProperty("java.class.path"),
        mainClass);
  }

  /** The command line; the class path goes by the environment, which keeps the line readable. */
  List<String> commandLine(int heapMegabytes, List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(java.toString());
    line.addAll(FLAGS);
    line.add("-Xmx" + heapMegabytes + "m");
    line.add(Tethered.class.getName());
    line.add(mainClass);
    line.addAll(arguments);
    return line;
  }

  /** Starts a process whose output is appended to a log. */
  Process start(int heapMegabytes, List<String> arguments, Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(commandLine(heapMegabytes, arguments))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(log.toString())));
    builder.environment().put("CLASSPATH", classPath);
    return builder.start();
  }
}
