package net.dglb.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a lab's load balancers check its sites: as the registration in the lab's folder says. */
record SiteCheck(Duration interval, Duration timeout, int fall) {

  private static final Pattern CHECK =
      Pattern.compile("check \\{.* interval = (\\d+)ms, timeout = (\\d+)ms,.* fall = (\\d+) }");

  /** The check of the lab's first service. */
  static SiteCheck of(LabRun lab) {
    String zone = lab.entries("services").getFirst().getString("zone");
    Path file = Path.of(lab.description().getString("directory"), "registrations", zone + ".conf");
    try {
      Matcher check = CHECK.matcher(Files.readString(file));
      if (!check.find()) {
        throw new AssertionError(file + " has no check with interval, timeout and fall");
      }
      return new SiteCheck(
          Duration.ofMillis(Long.parseLong(check.group(1))),
          Duration.ofMillis(Long.parseLong(check.group(2))),
          Integer.parseInt(check.group(3)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How long so many failed checks in a row take at most. */
  Duration noticedAfter() {
    return interval.plus(timeout).multipliedBy(fall);
  }
}
