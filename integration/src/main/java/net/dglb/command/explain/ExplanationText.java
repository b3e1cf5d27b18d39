package net.dglb.command.explain;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An explanation for people: one step of the query's way after the other. */
public final class ExplanationText {

  private static final int HEAD_WIDTH = 16;

  private final StringBuilder text = new StringBuilder();

  private ExplanationText() {}

  /**
   * Writes it down.
   *
   * @param explanation as a backbone node gives it, with what a load balancer said if one was asked
   * @param type A or AAAA
   */
  public static String of(JsonObject explanation, String type) {
    ExplanationText writer = new ExplanationText();
    writer.write(explanation, type);
    return writer.text.toString();
  }

  private void write(JsonObject explanation, String type) {
    text.append(explanation.getString("name"))
        .append(" for the resolver ")
        .append(explanation.getString("resolver"));
    if (explanation.containsKey("subnet")) {
      text.append(" and the client subnet ").append(explanation.getString("subnet"));
    }
    text.append(" (")
        .append(explanation.getString("node"))
        .append(", ")
        .append(explanation.getString("at"))
        .append(")\n");
    supposed("if lost: ", explanation.getJsonArray("down"));
    supposed("if taken out: ", explanation.getJsonArray("without"));
    text.append('\n');
    if (explanation.containsKey("way")) {
      line("way", explanation.getJsonObject("way").getString("text"));
    }
    if (explanation.containsKey("delegation")) {
      delegation(explanation.getJsonObject("delegation"));
    }
    if (explanation.containsKey("match")) {
      match(explanation.getJsonObject("match"));
      place(explanation.getJsonObject("unmeasured-place"));
      order(explanation.getJsonObject("load-balancers"));
    }
    if (explanation.getJsonObject("referral") == null) {
      line("estimate", "the backbone answers itself, with the best site by estimate");
    } else if (explanation.getString("mode", "").equals("direct")) {
      line("direct", "the backbone answers itself, as for the place of the load balancer above");
    } else {
      referral(explanation.getJsonObject("referral"));
    }
    answers(explanation, type);
  }

  private void supposed(String what, @Nullable JsonArray ids) {
    if (ids != null) {
      text.append(what).append(joined(ids)).append('\n');
    }
  }

  private void delegation(JsonObject tree) {
    line("delegation", "%s: %s".formatted(tree.getString("form"), tree.getString("text")));
    line(
        "",
        "to %s for %d s; version %d of the zone, of %s"
            .formatted(
                joined(tree.getJsonArray("name-servers")),
                tree.getLong("ttl"),
                tree.getLong("zone-version"),
                tree.getString("enterprise")));
  }

  private void match(JsonObject tree) {
    line("match", "%s".formatted(MatchWords.of(tree)));
    line("", "scope %d: %s".formatted(tree.getInteger("scope"), tree.getString("scope-reason")));
    List<String> next = objects(tree.getJsonArray("next")).stream().map(MatchWords::of).toList();
    if (!next.isEmpty()) {
      line("", "without that: %s".formatted(next.getFirst()));
    }
  }

  private void place(@Nullable JsonObject tree) {
    if (tree != null) {
      line(
          "place",
          "near %.0f, %.0f: %s"
              .formatted(
                  tree.getDouble("latitude"), tree.getDouble("longitude"), tree.getString("text")));
    }
  }

  private void order(@Nullable JsonObject tree) {
    if (tree == null) {
      return;
    }
    line("load balancer", "%s: %s".formatted(tree.getString("chosen"), tree.getString("reason")));
    for (JsonObject each : objects(tree.getJsonArray("order"))) {
      boolean chosen = each.getString("id").equals(tree.getString("chosen"));
      line(
          "",
          "%s %-18s %s; %s"
              .formatted(
                  chosen ? "*" : " ",
                  each.getString("id"),
                  each.getString("why"),
                  each.getString("reason")));
    }
  }

  private void referral(JsonObject tree) {
    line(
        "referral",
        "%s: CNAME for %d s, %s; NS for %d s, %s"
            .formatted(
                tree.getString("label"),
                tree.getLong("ttl"),
                tree.getString("ttl-reason"),
                tree.getLong("name-server-ttl"),
                tree.getString("name-server-ttl-reason")));
    for (JsonObject each : objects(tree.getJsonArray("name-servers"))) {
      line(
          "",
          "* %-18s %-8s %s%s"
              .formatted(
                  each.getString("id"),
                  each.getString("role"),
                  joined(each.getJsonArray("addresses")),
                  each.containsKey("reason") ? ": " + each.getString("reason") : ""));
    }
    for (JsonObject each : objects(tree.getJsonArray("left-out"))) {
      String problem = each.containsKey("problem") ? ": " + each.getString("problem") : "";
      line(
          "",
          "  %-18s left out  %s%s"
              .formatted(each.getString("id"), each.getString("reason"), problem));
    }
  }

  private void answers(JsonObject explanation, String type) {
    JsonObject own = explanation.getJsonObject("load-balancer");
    JsonObject answers = (own == null ? explanation : own).getJsonObject("answers");
    if (answers == null) {
      return;
    }
    line(
        "answer",
        "%s"
            .formatted(
                own == null
                    ? answers.getString("view")
                    : own.getString("node") + ": " + answers.getString("view")));
    past(own == null ? explanation : own);
    for (Object problem : explanation.getJsonArray("load-balancer-problems", new JsonArray())) {
      line("", "no answer from %s".formatted(problem));
    }
    JsonObject ranking = answers.getJsonObject(type);
    line(
        "",
        "%s %s for %d s, %s; by %s"
            .formatted(
                type,
                joined(ranking.getJsonArray("addresses")),
                ranking.getLong("ttl"),
                ranking.getString("ttl-reason"),
                ranking.getString("basis-reason")));
    if (ranking.containsKey("stand-in")) {
      line("", ranking.getJsonObject("stand-in").getString("text"));
    }
    shares(ranking);
    text.append('\n')
        .append(
            SiteTable.of(
                objects(ranking.getJsonArray("order")), ranking.getJsonArray("addresses")));
    text.append(ReasonLines.of(ranking));
  }

  /** When what was answered then was decided. */
  private void past(JsonObject answered) {
    if (answered.containsKey("decided")) {
      String values = answered.getString("values-of", answered.getString("decided"));
      line(
          "",
          "as of %s, decided at %s%s; changes are known since %s"
              .formatted(
                  answered.getString("at"),
                  answered.getString("decided"),
                  values.equals(answered.getString("decided")) ? "" : ", values of " + values,
                  answered.getString("reaches-back-to", "then")));
    }
  }

  /** What others get, where not everybody gets the same. */
  private void shares(JsonObject ranking) {
    if (ranking.containsKey("shares")) {
      line(
          "",
          "shared by %s: %s"
              .formatted(
                  ranking.getString("shares-by"),
                  ranking.getJsonObject("shares").stream()
                      .map(it -> it.getKey() + " " + it.getValue())
                      .collect(Collectors.joining(", "))));
      line("", ranking.getJsonObject("asker").getString("text"));
    }
  }

  private void line(String head, String words) {
    text.append(String.format("%-" + HEAD_WIDTH + "s", head) + words + "\n");
  }

  static String joined(JsonArray values) {
    return values.isEmpty()
        ? "nothing"
        : values.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  static List<JsonObject> objects(JsonArray values) {
    List<JsonObject> all = new ArrayList<>();
    values.forEach(value -> all.add((JsonObject) value));
    return all;
  }
}
