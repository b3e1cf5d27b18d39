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

  /** Makes a value; what its constructor refuses is malformed. */
  static <F, T> T one(String where, F field, Step<F, T> step) throws MalformedMessageException {
    try {
      return step.from(field);
    } catch (IllegalArgumentException e) {
      throw caused(new MalformedMessageException(where + ": " + e.getMessage()), e);
    } catch (MalformedMessageException e) {
      throw caused(e.within(where), e);
    }
  }

  /** Makes a part of the service model; what its rules refuse is invalid. */
  static <F, T> T part(String where, F field, Step<F, T> step) throws MalformedMessageException {
    try {
      return step.from(field);
    } catch (IllegalArgumentException e) {
      throw caused(new InvalidContentException(where + ": " + e.getMessage()), e);
    } catch (MalformedMessageException e) {
      throw caused(e.within(where), e);
    }
  }

  private static MalformedMessageException caused(MalformedMessageException refusal, Exception by) {
    refusal.initCause(by);
    return refusal;
  }

  /** Makes a list of values, of at most so many. */
  static <F, T> List<T> all(String where, List<F> fields, int most, Step<F, T> step)
      throws MalformedMessageException {
    return each(where, fields, most, (place, field) -> one(place, field, step));
  }

  /** Makes a list of parts of the service model, of at most so many. */
  static <F, T> List<T> parts(String where, List<F> fields, int most, Step<F, T> step)
      throws MalformedMessageException {
    return each(where, fields, most, (place, field) -> part(place, field, step));
  }

  private interface PlacedStep<F, T> {
    T from(String place, F field) throws MalformedMessageException;
  }

  private static <F, T> List<T> each(String where, List<F> fields, int most, PlacedStep<F, T> step)
      throws MalformedMessageException {
    if (fields.size() > most) {
      throw new MalformedMessageException(
          where + ": " + fields.size() + " (expected at most " + most + ")");
    }
    List<T> values = new ArrayList<>(fields.size());
    for (F field : fields) {
      values.add(step.from(where + "[" + values.size() + "]", field));
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
