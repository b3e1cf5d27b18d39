package net.dglb.time;

/** Something scheduled that can be called off. */
@FunctionalInterface
public interface Cancellable {

  /** Calls it off; a run already under way ends normally. Calling this again does nothing. */
  void cancel();
}
