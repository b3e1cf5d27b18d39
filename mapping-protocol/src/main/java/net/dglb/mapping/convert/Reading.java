package net.dglb.mapping.convert;

import java.util.ArrayList;
import java.util.List;

/** Reads fields so that whatever is wrong with them ends as one kind of exception. */
final class Reading {

  /** Makes a value from a field. */
  @FunctionalInterface
  interface Step<F, T> {
    T from(F field) throws MalformedMessageException;
  }

  private Reading() {}

  /** Makes a value; what its constructor refuses is refused with the place in front. */
  static <F, T> T one(String where, F field, Step<F, T> step) throws MalformedMessageException {
    try {
      return step.from(field);
    } catch (MalformedMessageException | IllegalArgumentException e) {
      MalformedMessageException refusal =
          new MalformedMessageException(where + ": " + e.getMessage());
      refusal.initCause(e);
      throw refusal;
    }
  }

  /** Makes a list of values, of at most so many. */
  static <F, T> List<T> all(String where, List<F> fields, int most, Step<F, T> step)
      throws MalformedMessageException {
    if (fields.size() > most) {
      throw new MalformedMessageException(
          where + ": " + fields.size() + " (expected at most " + most + ")");
    }
    List<T> values = new ArrayList<>(fields.size());
    for (F field : fields) {
      values.add(one(where + "[" + values.size() + "]", field, step));
    }
    return values;
  }

  /** A number that was written as unsigned but must fit a long. */
  static long unsigned(String where, long value) throws MalformedMessageException {
    if (value < 0) {
      throw new MalformedMessageException(
          where + ": " + Long.toUnsignedString(value) + " (expected at most 2^63-1)");
    }
    return value;
  }

  /** A number that was written as unsigned but must fit an int. */
  static int unsigned(String where, int value) throws MalformedMessageException {
    if (value < 0) {
      throw new MalformedMessageException(
          where + ": " + Integer.toUnsignedString(value) + " (expected at most 2^31-1)");
    }
    return value;
  }
}
