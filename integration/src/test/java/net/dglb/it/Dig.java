package net.dglb.it;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Questions asked with dig inside the lab, and what came back. */
final class Dig {

  private static final Pattern STATUS = Pattern.compile("status: ([A-Z]+)");

  private Dig() {}

  /**
   * A reply.
   *
   * @param status the response code in words, or "none" if no reply came
   * @param answers the data of the records asked for, in order
   * @param text all that dig printed
   */
  record Reply(String status, List<String> answers, String text) {}

  /** Asks a server. */
  static Reply ask(
      LabRun lab, String server, int port, String name, String type, String... options) {
    List<String> command =
        lab.inside("dig", "@" + server, "-p", Integer.toString(port), name, type);
    command.addAll(List.of("+tries=3", "+time=8", "+noall", "+comments", "+answer"));
    command.addAll(List.of(options));
    String text = Tool.run(command, 30).output();
    Matcher status = STATUS.matcher(text);
    List<String> answers =
        text.lines()
            .filter(line -> !line.startsWith(";") && !line.isBlank())
            .map(line -> line.split("\\s+", 5))
            .filter(fields -> fields.length == 5 && fields[3].equals(type))
            .map(fields -> fields[4])
            .toList();
    return new Reply(status.find() ? status.group(1) : "none", answers, text);
  }
}
