package net.dglb.proxy.http;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * HTTP-date in its three formats (RFC 9110, section 5.6.7), read without regard to case and always
 * in GMT (RFC 9111, section 4.2).
 */
public final class HttpDate {
  private static final DateTimeFormatter IMF = format("EEE, dd MMM uuuu HH:mm:ss 'GMT'");
  private static final DateTimeFormatter ASCTIME = format("EEE MMM ppd HH:mm:ss uuuu");
  private static final DateTimeFormatter RFC_850 =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern("dd-MMM-")
          .appendValueReduced(ChronoField.YEAR, 2, 2, 2000)
          .appendPattern(" HH:mm:ss 'GMT'")
          .toFormatter(Locale.US);
  private static final Pattern LONG_DAY =
      Pattern.compile("(mon|tues|wednes|thurs|fri|satur|sun)day, .*", Pattern.CASE_INSENSITIVE);
  private static final Duration FIFTY_YEARS = Duration.ofDays(50 * 365L + 12);

  private HttpDate() {}

  /**
   * Reads a date; empty if it is none.
   *
   * @param now decides the century of a year of two digits: never more than 50 years ahead
   */
  public static Optional<Instant> parse(String text, Instant now) {
    // A leap second is the end of the second before it: an earlier date is the safe one.
    String plain = text.strip().replace(":60 ", ":59 ");
    if (LONG_DAY.matcher(plain).matches()) {
      String date = plain.substring(plain.indexOf(' ') + 1);
      return read(date, RFC_850).map(found -> inCentury(found, now));
    }
    return read(plain, IMF)
        .or(() -> read(plain, ASCTIME))
        .map(found -> found.toInstant(ZoneOffset.UTC));
  }

  /** Writes the preferred format; parts of a second are cut off. */
  public static String format(Instant time) {
    return IMF.format(time.atOffset(ZoneOffset.UTC));
  }

  private static Optional<LocalDateTime> read(String text, DateTimeFormatter format) {
    try {
      return Optional.of(LocalDateTime.parse(text, format));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Instant inCentury(LocalDateTime found, Instant now) {
    Instant time = found.toInstant(ZoneOffset.UTC);
    boolean tooFarAhead = time.isAfter(now.plus(FIFTY_YEARS));
    return tooFarAhead ? found.minusYears(100).toInstant(ZoneOffset.UTC) : time;
  }

  private static DateTimeFormatter format(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .toFormatter(Locale.US);
  }
}
