package net.dglb.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says where in the user's files a value stands. Values of the reference (defaults) and of the
 * environment have no line there; then the place counts that mentions the key or its section.
 */
record Origins(String file, ConfigObject asWritten) {

  /** A place in a file; line 0 means the whole file. */
  record Position(String file, int line) {}

  private static final Pattern LINES = Pattern.compile(": \\d+(-\\d+)?$");

  /** The position of a value, or of the nearest thing around its path that has one. */
  Position of(@Nullable ConfigValue value, List<String> path) {
    return own(value).or(() -> around(path)).orElse(new Position(file, 0));
  }

  private Optional<Position> around(List<String> path) {
    for (int length = path.size(); length > 0; length--) {
      Optional<Position> found = own(written(path.subList(0, length)));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private @Nullable ConfigValue written(List<String> path) {
    ConfigValue at = asWritten;
    try {
      for (String key : path) {
        at = inside(at, key);
      }
      return at;
    } catch (ConfigException.NotResolved e) {
      return null; // written as a substitution: the section around it has to do
    }
  }

  /** What an object holds at a key, or a list at an index; null if there is none. */
  static @Nullable ConfigValue inside(@Nullable ConfigValue around, String key) {
    return switch (around) {
      case ConfigObject object -> object.get(key);
      case ConfigList list -> element(list, key);
      case null, default -> null;
    };
  }

  private static @Nullable ConfigValue element(ConfigList list, String key) {
    try {
      return list.get(Integer.parseInt(key));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      return null;
    }
  }

  private static Optional<Position> own(@Nullable ConfigValue value) {
    if (value == null) {
      return Optional.empty();
    }
    ConfigOrigin origin = value.origin();
    if (origin.resource() == null && origin.lineNumber() > 0) {
      return Optional.of(position(origin));
    }
    return parts(value).min(Comparator.comparingInt(Position::line));
  }

  private static Stream<Position> parts(ConfigValue value) {
    Collection<? extends ConfigValue> parts =
        switch (value) {
          case ConfigObject object -> object.values();
          case ConfigList list -> list;
          default -> List.<ConfigValue>of();
        };
    try {
      return parts.stream().map(Origins::own).flatMap(Optional::stream).toList().stream();
    } catch (ConfigException.NotResolved e) {
      return Stream.empty();
    }
  }

  /** The position that the parser gives. */
  static Position position(ConfigOrigin origin) {
    String named = Objects.requireNonNullElse(origin.filename(), origin.description());
    return new Position(LINES.matcher(named).replaceFirst(""), Math.max(0, origin.lineNumber()));
  }
}
