package net.dglb.config;

import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What all sections of one configuration share: where things stand and what is wrong so far. */
final class Document {

  private final Origins origins;
  private final List<ConfigProblem> problems = new ArrayList<>();
  private final List<NamedFile> files = new ArrayList<>();

  Document(Origins origins) {
    this.origins = origins;
  }

  /** The same file without what was found in it. */
  Document again() {
    return new Document(origins);
  }

  void problem(@Nullable ConfigValue value, List<String> path, String key, String message) {
    Origins.Position at = origins.of(value, path);
    problems.add(new ConfigProblem(at.file(), at.line(), key, message));
  }

  /** Relative paths count from the folder of the file that mentions them. */
  Path resolve(@Nullable ConfigValue value, List<String> path, String text) {
    Path file = Path.of(origins.of(value, path).file());
    return file.resolveSibling(text).normalize();
  }

  void onCheck(@Nullable ConfigValue value, List<String> path, String key, FileCheck check) {
    files.add(new NamedFile(origins.of(value, path), key, check));
  }

  /** Looks into the files that are named; not where a problem with the name itself is known. */
  void check(Instant now) {
    Set<String> wrong = problems.stream().map(ConfigProblem::key).collect(Collectors.toSet());
    for (NamedFile named : files) {
      if (!wrong.contains(named.key)) {
        named
            .check
            .problems(now)
            .forEach(text ->
                problems.add(new ConfigProblem(named.at.file(), named.at.line(), named.key, text)));
      }
    }
  }

  private record NamedFile(Origins.Position at, String key, FileCheck check) {}

  void finish() throws ConfigException {
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }
}
