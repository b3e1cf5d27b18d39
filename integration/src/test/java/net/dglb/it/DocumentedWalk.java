package net.dglb.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The console blocks of a document: commands and what they print. */
final class DocumentedWalk {

  private static final Pattern BLOCK = Pattern.compile("```console\\n(.*?)```", Pattern.DOTALL);

  private DocumentedWalk() {}

  /** A command of the document with the output shown below it. */
  record Step(List<String> command, List<String> output) {}

  /** All steps in order. */
  static List<Step> steps(Path document) {
    List<Step> steps = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(read(document));
    while (blocks.find()) {
      for (String line : blocks.group(1).lines().toList()) {
        if (line.startsWith("$ ")) {
          steps.add(new Step(List.of(line.substring(2).split(" ")), new ArrayList<>()));
        } else {
          steps.getLast().output().add(line);
        }
      }
    }
    return steps;
  }

  private static String read(Path document) {
    try {
      return Files.readString(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
