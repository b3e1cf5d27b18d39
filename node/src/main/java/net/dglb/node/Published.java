package net.dglb.node;

/**
 * One immutable value that the control plane replaces as a whole and that any thread reads without
 * a lock: a reader takes the reference once per piece of work and uses only that.
 *
 * @param <T> an immutable type
 */
public final class Published<T> {

  private volatile T value;

  /** Starts with a first value. */
  public Published(T first) {
    this.value = first;
  }

  /** The newest value. */
  public T get() {
    return value;
  }

  /** Replaces the value: readers that come after this see the new one. */
  public void publish(T next) {
    value = next;
  }
}
