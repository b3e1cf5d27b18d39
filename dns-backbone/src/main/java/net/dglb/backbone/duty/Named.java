package net.dglb.backbone.duty;

/** Whether a load balancer that holds a label is named to resolvers, and if not, why. */
public enum Named {
  YES("acknowledged the label, and its addresses answer DNS"),
  BY_OTHERS("another backbone node has seen it answer"),
  FOR_WANT_OF_BETTER("its addresses do not answer DNS, but neither do those of any other"),
  OUT_OF_SERVICE("lost or withdrawn"),
  LEAVING("its duty ends; it goes on answering for those that remember it"),
  UNACKNOWLEDGED("has not said that it answers the label"),
  UNVERIFIED("its addresses were not yet seen to answer DNS"),
  SILENT("its addresses do not answer DNS");

  private final String text;

  Named(String text) {
    this.text = text;
  }

  /** The reason for people. */
  public String text() {
    return text;
  }

  /** Whether resolvers are referred to it. */
  public boolean isNamed() {
    return this == YES || this == BY_OTHERS || this == FOR_WANT_OF_BETTER;
  }
}
