package net.dglb.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.dglb.config.ConfigSection;

/** Reads what a check says and expects, and reports what is wrong to its section. */
final class ExchangeReader {

  private static final List<String> HTTP_ONLY =
      List.of(
          "path",
          "accept",
          "method",
          "headers",
          "contains",
          "redirects",
          "http2",
          "load-header",
          "load-unit",
          "download");

  /** For one that is wrong, so that a policy that needs one does not complain as well. */
  private static final Download STAND_IN =
      new Download("/", Download.MIN_BYTES, Download.USUAL_INTERVAL);

  private ExchangeReader() {}

  static Exchange read(ConfigSection section, HealthCheck.Kind kind) {
    refuseOthers(section, kind);
    String method =
        section.optionalString("method").map(it -> it.toUpperCase(Locale.ROOT)).orElse("GET");
    List<Exchange.Header> headers = headers(section);
    Optional<String> contains = section.optionalString("contains");
    int redirects = section.optionalInteger("redirects", 0, Exchange.MAX_REDIRECTS).orElse(0);
    boolean http2 = section.has("http2") && section.bool("http2");
    Optional<String> loadHeader = section.optionalString("load-header");
    Exchange.LoadUnit loadUnit =
        section.optionalOneOf("load-unit", Exchange.LoadUnit.class).orElse(Exchange.LoadUnit.SHARE);
    Optional<Download> download =
        section
            .optionalSection("download")
            .map(ExchangeReader::download)
            .or(() -> section.has("download") ? Optional.of(STAND_IN) : Optional.empty());
    String type = section.optionalString("type").map(it -> it.toUpperCase(Locale.ROOT)).orElse("A");
    if (!kind.isHttp() && kind != HealthCheck.Kind.DNS) {
      return Exchange.USUAL;
    }
    if (loadHeader.isPresent()) {
      Attempt.at(section, "load-header", () -> Exchange.checkLoadHeader(loadHeader.get()));
    }
    if (loadHeader.isEmpty() && loadUnit != Exchange.LoadUnit.SHARE) {
      section.problem("load-unit", "no load is reported (expected load-header as well)");
    }
    Optional<String> reported = loadHeader.filter(ExchangeReader::isToken);
    String key = contains.isPresent() ? "contains" : section.has("method") ? "method" : "";
    return Attempt.value(
            section,
            section.has("type") ? "type" : key,
            () ->
                new Exchange(
                    method,
                    headers,
                    contains,
                    redirects,
                    http2,
                    type,
                    reported,
                    reported.isPresent() ? loadUnit : Exchange.LoadUnit.SHARE,
                    download))
        .orElse(Exchange.USUAL);
  }

  private static Download download(ConfigSection section) {
    String path = section.string("path");
    int bytes = section.integer("size", Download.MIN_BYTES, Download.MAX_BYTES);
    Duration interval =
        section
            .optionalDuration("interval", Download.MIN_INTERVAL, Download.MAX_INTERVAL)
            .orElse(Download.USUAL_INTERVAL);
    if (!path.isEmpty()) {
      Attempt.at(section, "path", () -> HttpRules.checkPath(path));
    }
    Attempt.at(section, "interval", () -> Limits.whole("interval", interval, Duration.ofMillis(1)));
    try {
      return new Download(path, bytes, interval);
    } catch (IllegalArgumentException e) {
      return STAND_IN;
    }
  }

  private static boolean isToken(String name) {
    try {
      Exchange.checkLoadHeader(name);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static List<Exchange.Header> headers(ConfigSection section) {
    List<Exchange.Header> headers = new ArrayList<>();
    for (String line : section.strings("headers")) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        section.problem("headers", "\"" + line + "\" (expected such as \"Accept: text/html\")");
      } else {
        Attempt.value(
                section,
                "headers",
                () ->
                    new Exchange.Header(
                        line.substring(0, colon), line.substring(colon + 1).strip()))
            .ifPresent(headers::add);
      }
    }
    return headers;
  }

  private static void refuseOthers(ConfigSection section, HealthCheck.Kind kind) {
    String name = kind.name().toLowerCase(Locale.ROOT);
    if (!kind.isHttp()) {
      for (String key : HTTP_ONLY) {
        refuse(section, key, name, "http or https");
      }
      if (kind != HealthCheck.Kind.DNS) {
        refuse(section, "host", name, "http, https or dns");
      }
    }
    if (kind != HealthCheck.Kind.DNS) {
      refuse(section, "type", name, "dns");
    }
    if (kind == HealthCheck.Kind.ICMP) {
      refuse(section, "port", name, "the others");
    }
  }

  private static void refuse(ConfigSection section, String key, String kind, String others) {
    if (section.has(key)) {
      section.problem(
          key, "a check of kind " + kind + " has none (expected only with " + others + ")");
    }
  }
}
