package net.dglb.service;

import java.net.InetAddress;
import java.util.List;
import net.dglb.config.ConfigSection;

/** Reads what a service answers while every site is down. */
final class AllDownReader {

  private AllDownReader() {}

  static AllDown read(ConfigSection section) {
    AllDown.Rule rule =
        section.optionalOneOf("answer", AllDown.Rule.class).orElse(AllDown.DEFAULT.answer());
    List<InetAddress> addresses = section.addresses("addresses");
    String key = section.has("addresses") ? "addresses" : "";
    return Attempt.value(section, key, () -> new AllDown(rule, addresses)).orElse(AllDown.DEFAULT);
  }
}
