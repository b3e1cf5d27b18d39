package net.dglb.service;

import java.util.List;
import java.util.Optional;
import net.dglb.config.ConfigSection;

/** Reads what a service's answers hold. */
final class AnsweringReader {

  private AnsweringReader() {}

  static Answering read(ConfigSection section) {
    int count = section.optionalInteger("count", 1, Answering.MAX_COUNT).orElse(1);
    boolean rotate = section.optionalBool("rotate").orElse(false);
    Optional<HttpsBinding> https = section.optionalSection("https").flatMap(AnsweringReader::https);
    return Attempt.value(section, "rotate", () -> new Answering(count, rotate, https))
        .orElse(Answering.DEFAULT);
  }

  private static Optional<HttpsBinding> https(ConfigSection section) {
    List<String> alpn = section.strings("alpn");
    boolean defaultAlpn = section.optionalBool("default-alpn").orElse(true);
    int port = section.optionalInteger("port", 1, 65535).orElse(0);
    String key = section.has("alpn") ? "alpn" : section.has("default-alpn") ? "default-alpn" : "";
    return Attempt.value(section, key, () -> new HttpsBinding(alpn, defaultAlpn, port));
  }
}
