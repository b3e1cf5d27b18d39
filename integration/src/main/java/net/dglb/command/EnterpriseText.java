package net.dglb.command;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import net.dglb.node.Printable;

/** The answers to commands about enterprises, for people. */
final class EnterpriseText {

  private EnterpriseText() {}

  static String list(JsonObject tree) {
    StringBuilder text = new StringBuilder();
    for (JsonObject each : ZoneText.objects(tree, "enterprises")) {
      text.append(
          "%-30s %d of %d zones, %d of %d services; %s%n"
              .formatted(
                  ZoneText.line(each, "name"),
                  each.getLong("zones-used"),
                  each.getLong("zones"),
                  each.getLong("services-used"),
                  each.getLong("services"),
                  credentials(each)));
      text.append(ZoneText.indented(ZoneText.texts(each, "origins")));
    }
    return text.isEmpty() ? "no enterprises\n" : text.toString();
  }

  private static String credentials(JsonObject enterprise) {
    List<String> all = new ArrayList<>();
    if (enterprise.getBoolean("token")) {
      all.add("token");
    }
    if (enterprise.getBoolean("signing-key")) {
      all.add("signing key");
    }
    if (!enterprise.getString("identity").isEmpty()) {
      all.add("identity " + ZoneText.line(enterprise, "identity"));
    }
    ZoneText.texts(enterprise, "update-keys").forEach(key -> all.add("update key " + key));
    return all.isEmpty() ? "no credentials" : String.join(", ", all);
  }

  static String stored(JsonObject tree) {
    String token = tree.getString("token");
    return "enterprise %s is stored%n".formatted(ZoneText.line(tree, "name"))
        + (token == null ? "" : "its token, shown only now:%n%s%n".formatted(Printable.of(token)));
  }

  static String removed(JsonObject tree) {
    return "enterprise %s is forgotten with all its credentials%n"
        .formatted(ZoneText.line(tree, "name"));
  }
}
