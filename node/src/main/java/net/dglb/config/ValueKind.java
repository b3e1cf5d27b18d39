package net.dglb.config;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import net.dglb.net.AddressLiteral;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.net.Prefix;

/**
 * A kind of scalar value.
 *
 * @param expected what a right value looks like, for messages
 * @param harmless what stands in for a wrong or missing value until all problems are collected
 * @param reader turns the text into the value; an {@link IllegalArgumentException} refuses it, its
 *     message, if any, says better than {@code expected} what would have been right
 */
record ValueKind<T>(String expected, T harmless, Function<String, T> reader) {

  private static final InetAddress LOOPBACK = AddressLiteral.parse("127.0.0.1");

  static final ValueKind<String> TEXT = new ValueKind<>("text", "", ValueKind::nonEmpty);
  static final ValueKind<Path> PATH = of("a path", Path.of(""), text -> Path.of(nonEmpty(text)));
  static final ValueKind<Boolean> BOOL = new ValueKind<>("true or false", false, ValueKind::truth);
  static final ValueKind<InetAddress> ADDRESS =
      of("an IP address, such as 192.0.2.1 or 2001:db8::1", LOOPBACK, AddressLiteral::parse);
  static final ValueKind<Endpoint> ENDPOINT =
      of(
          "an IP address and a port, such as 127.0.0.1:53 or [::1]:53",
          new Endpoint(LOOPBACK, 0),
          Endpoint::parse);
  static final ValueKind<DomainName> DOMAIN_NAME =
      of(
          "a domain name of labels of 1 to 63 letters, digits, '-' or '_', such as www.example.org",
          DomainName.ROOT,
          DomainName::of);
  static final ValueKind<Prefix> PREFIX =
      new ValueKind<>(
          "an IP prefix, such as 192.0.2.0/24 or 2001:db8::/32",
          Prefix.of(LOOPBACK),
          ValueKind::prefix);

  static ValueKind<Long> integer(long min, long max) {
    return of("a whole number from " + min + " to " + max, min, text -> whole(text, min, max));
  }

  static ValueKind<Double> number(double min, double max) {
    return of("a number from " + min + " to " + max, min, text -> real(text, min, max));
  }

  static ValueKind<Duration> duration(Duration min, Duration max) {
    String expected = "a duration from " + DurationText.of(min) + " to " + DurationText.of(max);
    return of(
        expected,
        min,
        text -> {
          Duration read = DurationText.parse(text);
          require(read.compareTo(min) >= 0 && read.compareTo(max) <= 0);
          return read;
        });
  }

  static <E extends Enum<E>> ValueKind<E> oneOf(Class<E> words) {
    List<E> all = List.of(words.getEnumConstants());
    String expected = "one of " + all.stream().map(ValueKind::word).collect(joined());
    return new ValueKind<>(expected, all.getFirst(), text -> pick(text, all, expected));
  }

  /** A kind whose reader's own message adds nothing to what is expected. */
  private static <T> ValueKind<T> of(String expected, T harmless, Function<String, T> reader) {
    return new ValueKind<>(
        expected,
        harmless,
        text -> {
          try {
            return reader.apply(text);
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(expected, e);
          }
        });
  }

  private static String nonEmpty(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("text that is not empty");
    }
    return text;
  }

  private static Boolean truth(String text) {
    return switch (text) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default -> throw new IllegalArgumentException("true or false");
    };
  }

  private static Long whole(String text, long min, long max) {
    long read = Long.parseLong(text);
    require(read >= min && read <= max);
    return read;
  }

  private static Double real(String text, double min, double max) {
    double read = Double.parseDouble(text);
    require(read >= min && read <= max);
    return read;
  }

  private static Prefix prefix(String text) {
    try {
      return Prefix.parse(text);
    } catch (IllegalArgumentException e) {
      String[] parts = text.split("/", 2);
      String form = "an IP prefix, such as 192.0.2.0/24 or 2001:db8::/32";
      throw new IllegalArgumentException(parts.length == 2 ? canonical(parts, form) : form, e);
    }
  }

  private static String canonical(String[] parts, String otherwise) {
    try {
      int length = Integer.parseInt(parts[1]);
      Prefix meant = Prefix.containing(AddressLiteral.parse(parts[0]), length);
      return meant + ", with no bit set past its length";
    } catch (IllegalArgumentException e) {
      return otherwise;
    }
  }

  private static <E extends Enum<E>> E pick(String text, List<E> all, String expected) {
    return all.stream()
        .filter(constant -> word(constant).equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(expected + nearest(text, all)));
  }

  private static <E extends Enum<E>> String nearest(String text, List<E> all) {
    List<String> words = all.stream().map(ValueKind::word).toList();
    return Nearest.to(text, words).map(near -> "; nearest: " + near).orElse("");
  }

  /** The word of a constant in configuration: {@code ALL_DOWN} is {@code all-down}. */
  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException();
    }
  }

  private static Collector<CharSequence, ?, String> joined() {
    return Collectors.joining(", ");
  }
}
