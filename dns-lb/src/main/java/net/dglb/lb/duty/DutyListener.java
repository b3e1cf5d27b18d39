package net.dglb.lb.duty;

/** Hears what changed in what is to be answered. Called on the control thread. */
public interface DutyListener {

  /** A label is to be answered, or no longer, or differently: its duty or its service changed. */
  void labelChanged(LabelName label);

  /**
   * A backbone node waits for an acknowledgement: of a text that it wants to see, or of a label
   * that may be answered already.
   */
  void acknowledgementOwed();
}
