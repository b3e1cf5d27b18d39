package net.dglb.config;

import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all sections of one configuration share: where things stand and what is wrong so far. */
final class Document {

  private final Origins origins;
  private final List<ConfigProblem> problems = new ArrayList<>();

  Document(Origins origins) {
    this.origins = origins;
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

  void finish() throws ConfigException {
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }
}
