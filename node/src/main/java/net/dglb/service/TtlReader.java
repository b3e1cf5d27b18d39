package net.dglb.service;

import java.time.Duration;
import net.dglb.config.ConfigSection;

/** Reads a service's TTLs and reports what is wrong to their section. */
final class TtlReader {

  private final Duration delegation;
  private final Duration referral;
  private final Duration answer;
  private final Duration changing;

  TtlReader(ConfigSection section) {
    delegation = ttl(section, "delegation", Ttls.DEFAULT.delegation());
    referral = ttl(section, "referral", Ttls.DEFAULT.referral());
    answer = ttl(section, "answer", Ttls.DEFAULT.answer());
    changing = ttl(section, "changing", Ttls.usualChanging(answer));
    String upper = section.has("referral") ? "referral" : "delegation";
    Attempt.at(
        section, upper, () -> Ttls.notLonger("referral", referral, "delegation", delegation));
    String lower = section.has("answer") ? "answer" : "referral";
    Attempt.at(section, lower, () -> Ttls.notLonger("answer", answer, "referral", referral));
    Attempt.at(section, "changing", () -> Ttls.notLonger("changing", changing, "answer", answer));
  }

  private static Duration ttl(ConfigSection section, String key, Duration usual) {
    Duration read = section.optionalDuration(key, Ttls.MIN, Ttls.MAX).orElse(usual);
    Attempt.at(section, key, () -> Ttls.check(key, read));
    return read;
  }

  Ttls build() {
    return new Ttls(delegation, referral, answer, changing);
  }
}
