package net.dglb.decision.said;

import java.time.Instant;
import java.util.Locale;
import net.dglb.decision.AdminState;

/**
 * What somebody said of some sites.
 *
 * @param pattern which sites
 * @param state what they count as
 * @param who said it
 * @param why in their words
 * @param since when it was said
 */
public record Saying(SitePattern pattern, AdminState state, String who, String why, Instant since) {

  private static final int MAX_TEXT = 500;

  /**
   * Checks the texts.
   *
   * @throws IllegalArgumentException if one is no line of 1 to 500 characters
   */
  public Saying {
    requireText("who", who);
    requireText("why", why);
  }

  private static void requireText(String what, String text) {
    if (text.isBlank() || text.length() > MAX_TEXT || text.chars().anyMatch(c -> c < ' ')) {
      throw new IllegalArgumentException(
          what + ": \"" + text + "\" (expected one line of 1 to " + MAX_TEXT + " characters)");
    }
  }

  /**
   * Reads a state.
   *
   * @throws IllegalArgumentException if the word names none
   */
  public static AdminState state(String word) {
    return switch (word) {
      case "up" -> AdminState.UP;
      case "down" -> AdminState.DOWN;
      case "drain" -> AdminState.DRAIN;
      default ->
          throw new IllegalArgumentException(
              "state: \"" + word + "\" (expected up, down, drain or probed)");
    };
  }

  /** The word that {@link #state(String)} reads. */
  public String stateWord() {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
