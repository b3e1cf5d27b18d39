package net.dglb.decision;

import java.time.Duration;

/**
 * How long resolvers may keep an answer.
 *
 * @param duration whole seconds
 * @param reason what shortened it last, if anything did
 */
public record AnswerTtl(Duration duration, Reason reason) {

  /** Why an answer is kept for as long as it is. */
  public enum Reason {
    CONFIGURED("as the service says"),
    CHANGING("shortened: a site's health is about to change"),
    IDLE("shortened: nobody has asked for long, and the sites are probed rarely"),
    UNMEASURED("shortened: the order rests on no measurement"),
    AWAITED("shortened: what is best for the place is being estimated"),
    ALL_DOWN("shortened: every site is down");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** The reason for people. */
    public String text() {
      return text;
    }
  }

  /** The same, shortened if it is longer. */
  public AnswerTtl atMost(Duration longest, Reason why) {
    return duration.compareTo(longest) > 0 ? new AnswerTtl(longest, why) : this;
  }

  /** In whole seconds. */
  public int seconds() {
    return (int) duration.toSeconds();
  }
}
