package net.dglb.service;

/**
 * HTTP status codes that count as success.
 *
 * @param first the lowest, 100 to 599
 * @param last the highest, {@code first} to 599
 */
public record StatusRange(int first, int last) {

  /** Checks the range. */
  public StatusRange {
    if (first < 100 || last > 599 || first > last) {
      throw new IllegalArgumentException(
          "status range: " + first + "-" + last + " (expected 100 to 599, such as 200-399)");
    }
  }

  /**
   * Reads {@code 200} or {@code 200-399}.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static StatusRange parse(String text) {
    if (!text.matches("\\d{3}(-\\d{3})?")) {
      throw new IllegalArgumentException(
          "status range: " + text + " (expected such as 200 or 200-399)");
    }
    int first = Integer.parseInt(text.substring(0, 3));
    return new StatusRange(first, text.length() == 3 ? first : Integer.parseInt(text.substring(4)));
  }

  /** Whether the code lies in the range. */
  public boolean contains(int status) {
    return status >= first && status <= last;
  }

  /** The text that {@link #parse} reads. */
  @Override
  public String toString() {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }
}
