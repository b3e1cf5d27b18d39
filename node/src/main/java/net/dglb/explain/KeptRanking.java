package net.dglb.explain;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import net.dglb.decision.AnswerSlot;
import net.dglb.decision.Answers;
import net.dglb.net.AddressLiteral;
import net.dglb.net.Prefix;

/**
 * A ranking as JSON that is kept: what everybody was answered, so that it can be shown later for
 * any asker. Its field {@code askers} holds, for each row of the {@link Answers}, which of the
 * {@code variants} belongs to which slot.
 */
public final class KeptRanking {

  /** Of a ranking with more different orders only that of whom nothing is set for is kept. */
  static final int MOST_VARIANTS = 100;

  /** The same of a policy that sets sites for more prefixes. */
  static final int MOST_PREFIXES = 1_000;

  private static final String ASKERS = "askers";

  private KeptRanking() {}

  /** What is to be kept of a ranking. */
  public static JsonObject of(RankingTree ranking, Instant now) {
    JsonObject tree = ranking.of(AnswerSlot.USUAL, now);
    Answers answers = ranking.answers();
    if (answers.isSameForAll()) {
      return tree;
    }
    int variants = answers.rows().stream().mapToInt(KeptRanking::different).sum();
    if (variants > MOST_VARIANTS || answers.map().size() > MOST_PREFIXES) {
      String text =
          "this is the order of those for whom no site is set: of each asker's own, "
              + "%d orders for %d prefixes, nothing is kept"
                  .formatted(variants, answers.map().size());
      return tree.put("asker", new JsonObject().put("text", text));
    }
    return tree.put(ASKERS, askers(ranking, now));
  }

  private static int different(List<Integer> row) {
    return (int) row.stream().distinct().count();
  }

  private static JsonObject askers(RankingTree ranking, Instant now) {
    Answers answers = ranking.answers();
    JsonObject map = new JsonObject();
    answers.map().forEach((prefix, row) -> map.put(prefix.toString(), row));
    JsonArray variants = new JsonArray();
    JsonArray rows = new JsonArray();
    for (int row = 0; row < answers.rows().size(); row++) {
      List<Integer> slots = answers.rows().get(row);
      Map<Integer, Integer> byChoice = new HashMap<>();
      for (int slot = 0; slot < slots.size(); slot++) {
        if (!byChoice.containsKey(slots.get(slot))) {
          byChoice.put(slots.get(slot), variants.size());
          variants.add(variant(ranking, row, slot, now));
        }
      }
      rows.add(new JsonArray(slots.stream().map(byChoice::get).toList()));
    }
    return new JsonObject()
        .put("per-query", answers.perQuery())
        .put("map", map)
        .put("rows", rows)
        .put("variants", variants);
  }

  /** What is answered in one slot is the same in others; whether a site sheds those is not. */
  private static JsonObject variant(RankingTree ranking, int row, int slot, Instant now) {
    AnswerSlot first =
        new AnswerSlot(row, AnswerSlot.USUAL.rule(), slot, AnswerSlot.USUAL.network());
    JsonObject tree = ranking.of(first, now);
    tree.remove("asker");
    for (JsonObject site : objects(tree.getJsonArray("order"))) {
      if (site.containsKey("shed")) {
        site.getJsonObject("shed").remove("here");
      }
    }
    return tree;
  }

  /** Every tree in what is to be kept, for adding to them. */
  public static List<JsonObject> trees(JsonObject kept) {
    JsonObject askers = kept.getJsonObject(ASKERS, new JsonObject());
    return Stream.concat(
            Stream.of(kept), objects(askers.getJsonArray("variants", new JsonArray())).stream())
        .toList();
  }

  /**
   * What was kept, as it counted for one asker.
   *
   * @param who where whoever asks falls among answers
   */
  public static JsonObject shown(JsonObject kept, Function<Answers, AnswerSlot> who) {
    JsonObject askers = kept.getJsonObject(ASKERS);
    if (askers == null) {
      return kept;
    }
    List<JsonObject> variants = objects(askers.getJsonArray("variants"));
    Answers answers = answers(askers, variants);
    AnswerSlot slot = who.apply(answers);
    List<Integer> row = answers.rows().get(slot.row());
    int number = row.get(row.size() == 1 ? 0 : slot.slot());
    return variants.get(number).copy().put("asker", AskerTree.of(slot, answers));
  }

  /** Whether the same was answered to everybody, whatever decided. */
  public static boolean isSameAnswer(JsonObject one, JsonObject other) {
    return answered(one).equals(answered(other));
  }

  private static List<Object> answered(JsonObject kept) {
    List<Object> all = new ArrayList<>();
    JsonObject askers = kept.getJsonObject(ASKERS, new JsonObject());
    all.add(
        List.of(askers.getJsonObject("map", askers), askers.getJsonArray("rows", new JsonArray())));
    trees(kept).forEach(it -> all.add(List.of(it.getJsonArray("addresses"), it.getLong("ttl"))));
    return all;
  }

  private static Answers answers(JsonObject askers, List<JsonObject> variants) {
    Map<Prefix, Integer> map = new HashMap<>();
    askers
        .getJsonObject("map")
        .forEach(rule -> map.put(Prefix.parse(rule.getKey()), (Integer) rule.getValue()));
    List<List<Integer>> rows = new ArrayList<>();
    for (Object row : askers.getJsonArray("rows")) {
      rows.add(((JsonArray) row).stream().map(Integer.class::cast).toList());
    }
    return new Answers(
        variants.stream().map(KeptRanking::choice).toList(),
        askers.getBoolean("per-query"),
        map,
        rows);
  }

  private static Answers.Choice choice(JsonObject variant) {
    List<InetAddress> addresses =
        variant.getJsonArray("addresses").stream()
            .map(String.class::cast)
            .map(AddressLiteral::parse)
            .toList();
    return new Answers.Choice(
        addresses, variant.containsKey("site") ? List.of(variant.getString("site")) : List.of());
  }

  private static List<JsonObject> objects(JsonArray values) {
    return values.stream().map(JsonObject.class::cast).toList();
  }
}
