package net.dglb.explain;

import io.vertx.core.json.JsonObject;
import net.dglb.decision.AnswerSlot;
import net.dglb.decision.Answers;
import net.dglb.net.PrefixSlots;

/** By what whoever asks is answered this and not what others are, as JSON. */
final class AskerTree {

  private AskerTree() {}

  static JsonObject of(AnswerSlot slot, Answers answers) {
    JsonObject asker = new JsonObject();
    slot.rule().ifPresent(rule -> asker.put("rule", rule.toString()));
    slot.network()
        .ifPresent(network ->
            asker
                .put("network", network.toString())
                .put("slot", slot.slot())
                .put("slots", PrefixSlots.COUNT));
    return asker.put("text", words(slot, answers));
  }

  private static String words(AnswerSlot slot, Answers answers) {
    String rule =
        slot.rule().map(it -> "the policy sets sites for " + it).orElse("no site is set for it");
    boolean turns = answers.perQuery() && answers.shares(slot.row()).size() > 1;
    String how =
        turns
            ? "; the sites take turns, each name server for itself, and this is one of them"
            : slot.network()
                .map(it ->
                    "; %s falls into slot %d of %d by its hash, which is %s's"
                        .formatted(it, slot.slot(), PrefixSlots.COUNT, answers.choice(slot).site()))
                .orElse("");
    return rule + how;
  }
}
