package net.dglb.lb.duty;

/** Hears what changed in what is to be answered. Called on the control thread. */
public interface DutyListener {

  /** A label is to be answered, or no longer, or differently: its duty or its service changed. */
  void labelChanged(LabelName label);

  /** The names that address checks ask for changed. */
  void checksChanged();
}
