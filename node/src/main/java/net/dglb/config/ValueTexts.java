package net.dglb.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.Map;
import java.util.TreeMap;

/** Values as text: to be read, to be shown in problems, and to be compared. */
final class ValueTexts {

  private ValueTexts() {}

  /** A scalar as it was written. */
  static String of(ConfigValue value) {
    return value.atKey("value").getString("value");
  }

  /** A value for a problem's text. */
  static String shown(ConfigValue value) {
    return switch (value.valueType()) {
      case OBJECT -> "a section";
      case LIST -> "a list";
      default -> of(value);
    };
  }

  /** Every value in a section by its path; a list is one value. */
  static Map<String, String> all(ConfigObject object) {
    Map<String, String> values = new TreeMap<>();
    object
        .toConfig()
        .entrySet()
        .forEach(entry ->
            values.put(entry.getKey(), entry.getValue().render(ConfigRenderOptions.concise())));
    return values;
  }
}
