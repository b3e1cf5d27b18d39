package net.dglb.docs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.dglb.config.ConfigException;
import net.dglb.config.ConfigFile;

/** The keys of a configuration reference and its includes, those that are examples in it too. */
final class ReferenceKeys {

  private static final String NEEDS_RESTART = "Needs a restart";

  /**
   * Such as {@code # listen = []}, {@code brake { share = 0.5 }} or {@code b1.endpoint = "..."}.
   */
  private static final Pattern KEY =
      Pattern.compile("(#? *)([a-z0-9]+(?:-[a-z0-9]+)*(?:\\.[a-z0-9-]+)*) ?(=|\\{)(.*)");

  private final Set<String> all = new TreeSet<>();
  private final Set<String> needRestart = new TreeSet<>();
  private final Deque<String> around = new ArrayDeque<>();
  private boolean restart;

  private ReferenceKeys() {}

  static ReferenceKeys of(String reference) throws IOException, ConfigException {
    ReferenceKeys keys = new ReferenceKeys();
    keys.read(reference);
    keys.all.addAll(ConfigFile.parse("none", "", reference).values().keySet());
    return keys;
  }

  /** Every key, sections too. */
  Set<String> all() {
    return all;
  }

  /** Every key but sections. */
  Set<String> values() {
    Set<String> values = new TreeSet<>(all);
    values.removeIf(key -> all.stream().anyMatch(other -> other.startsWith(key + ".")));
    return values;
  }

  /** Those whose comment says that they need a restart. */
  Set<String> needRestart() {
    return needRestart;
  }

  static List<String> lines(String resource) throws IOException {
    ClassLoader loader = ReferenceKeys.class.getClassLoader();
    try (InputStream in = Objects.requireNonNull(loader.getResourceAsStream(resource))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private void read(String resource) throws IOException {
    for (String line : lines(resource)) {
      String text = line.strip();
      if (text.startsWith("include classpath(")) {
        read(text.replaceAll(".*\"(.*)\".*", "$1"));
      } else {
        line(text);
      }
    }
  }

  private void line(String text) {
    Matcher key = KEY.matcher(text);
    if (text.isEmpty()) {
      restart = false;
    } else if (text.matches("#? *}( ] *)?")) {
      around.removeLast();
    } else if (key.matches()) {
      around.addLast(key.group(2));
      String path = String.join(".", around);
      all.add(path);
      if (restart) {
        needRestart.add(path);
      }
      boolean opens = key.group(3).equals("{") || key.group(4).strip().equals("[ {");
      if (!opens || key.group(4).contains("}")) {
        around.removeLast();
      }
    } else {
      restart |= text.contains(NEEDS_RESTART);
    }
  }
}
