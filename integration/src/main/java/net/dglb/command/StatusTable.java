package net.dglb.command;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import net.dglb.node.Printable;

/** A status tree as text: one line per value, indented by depth. */
final class StatusTable {

  private static final int KEY_WIDTH = 24;

  private final StringBuilder text = new StringBuilder();

  private StatusTable() {}

  static String of(JsonObject tree) {
    StatusTable table = new StatusTable();
    table.object(tree, "");
    return table.text.toString();
  }

  private void object(JsonObject tree, String indent) {
    for (Map.Entry<String, Object> entry : tree) {
      value(entry.getKey(), entry.getValue(), indent);
    }
  }

  private void value(String key, Object value, String indent) {
    switch (value) {
      case JsonObject inner -> {
        text.append(indent).append(key).append('\n');
        object(inner, indent + "  ");
      }
      case JsonArray list -> {
        text.append(indent).append(key).append(" (").append(list.size()).append(")\n");
        for (Object element : list) {
          value("-", element, indent + "  ");
        }
      }
      default -> {
        int width = Math.max(1, KEY_WIDTH - indent.length());
        text.append(indent)
            .append(String.format("%-" + width + "s %s%n", key, Printable.of(value.toString())));
      }
    }
  }
}
