package net.dglb.lb.operate;

import java.time.Instant;
import java.util.Locale;
import net.dglb.decision.AdminState;
import net.dglb.lb.wire.SavedAdminState;

/**
 * What somebody said of some sites.
 *
 * @param pattern which sites
 * @param state what they count as
 * @param who said it
 * @param why in their words
 * @param since when it was said
 */
record Saying(SitePattern pattern, AdminState state, String who, String why, Instant since) {

  private static final int MAX_TEXT = 500;

  Saying {
    requireText("who", who);
    requireText("why", why);
  }

  private static void requireText(String what, String text) {
    if (text.isBlank() || text.length() > MAX_TEXT || text.chars().anyMatch(c -> c < ' ')) {
      throw new IllegalArgumentException(
          what + ": \"" + text + "\" (expected one line of 1 to " + MAX_TEXT + " characters)");
    }
  }

  static AdminState state(String word) {
    return switch (word) {
      case "up" -> AdminState.UP;
      case "down" -> AdminState.DOWN;
      case "drain" -> AdminState.DRAIN;
      default ->
          throw new IllegalArgumentException(
              "state: \"" + word + "\" (expected up, down, drain or probed)");
    };
  }

  String stateWord() {
    return state.name().toLowerCase(Locale.ROOT);
  }

  SavedAdminState toSaved() {
    return SavedAdminState.newBuilder()
        .setPattern(pattern.toString())
        .setState(stateWord())
        .setWho(who)
        .setWhy(why)
        .setSetEpochMillis(since.toEpochMilli())
        .build();
  }

  static Saying fromSaved(SavedAdminState saved) {
    return new Saying(
        SitePattern.parse(saved.getPattern()),
        state(saved.getState()),
        saved.getWho(),
        saved.getWhy(),
        Instant.ofEpochMilli(saved.getSetEpochMillis()));
  }
}
