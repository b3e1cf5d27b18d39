package net.dglb.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reports every key of the user's that no reader ever asked for. */
record UnknownKeys(Document document) {

  void report(ConfigObject object, KnownKeys known, List<String> path, String name) {
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      ConfigValue value = entry.getValue();
      if (value.origin().resource() != null) {
        continue; // a default: the user did not write it
      }
      List<String> deeper = append(path, entry.getKey());
      String key = join(name, ConfigUtil.joinPath(entry.getKey()));
      if (known.knows(entry.getKey())) {
        inside(value, known.child(entry.getKey()), deeper, key);
      } else {
        document.problem(value, deeper, key, "unknown key" + suggestion(entry.getKey(), known));
      }
    }
  }

  private void inside(ConfigValue value, KnownKeys known, List<String> path, String name) {
    if (known.isValue()) {
      return;
    }
    if (value instanceof ConfigObject object) {
      report(object, known, path, name);
    } else if (value instanceof ConfigList list) {
      for (int i = 0; i < list.size(); i++) {
        String index = Integer.toString(i);
        if (known.knows(index)) {
          inside(list.get(i), known.child(index), append(path, index), name + "[" + i + "]");
        }
      }
    }
  }

  private static String suggestion(String key, KnownKeys known) {
    return Nearest.to(key, known.keys())
        .map(near -> " (nearest: " + near + ")")
        .orElseGet(() ->
            known.keys().isEmpty()
                ? " (expected: no keys here)"
                : known.keys().stream().collect(Collectors.joining(", ", " (known: ", ")")));
  }

  static List<String> append(List<String> path, String key) {
    List<String> longer = new ArrayList<>(path);
    longer.add(key);
    return List.copyOf(longer);
  }

  static String join(String name, String key) {
    return name.isEmpty() || key.isEmpty() ? name + key : name + "." + key;
  }
}
