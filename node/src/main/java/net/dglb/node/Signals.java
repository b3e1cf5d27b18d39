package net.dglb.node;

/** Where a process learns what its operator wants from it. */
@FunctionalInterface
interface Signals {

  /** Runs the action each time the signal comes, on any thread; names as {@code TERM}. */
  void on(String signal, Runnable action);
}
