package net.dglb.service;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.dglb.net.AddressLiteral;

/** Writes a zone as a registration document, every key given. */
final class DocumentText {

  private final StringBuilder text = new StringBuilder();
  private int depth;

  private DocumentText() {}

  static String of(EnterpriseZone zone) {
    DocumentText document = new DocumentText();
    document.zone(zone);
    return document.text.toString();
  }

  /** One service of it. */
  static String of(Service service) {
    DocumentText document = new DocumentText();
    document.service(service);
    return document.text.toString();
  }

  private void zone(EnterpriseZone zone) {
    open("registration");
    line("version", Integer.toString(RegistrationDocument.FORM_VERSION));
    line("enterprise", quoted(zone.enterprise()));
    line("zone", quoted(zone.origin()));
    line("form", word(zone.form()));
    line("dnssec", Boolean.toString(zone.dnssec()));
    open("services");
    zone.services().forEach(this::service);
    close();
    close();
  }

  private void service(Service service) {
    open(quoted(service.name()));
    if (!service.aliases().isEmpty()) {
      line("aliases", list(service.aliases()));
    }
    line("mode", word(service.mode()));
    if (service.mode() == Mode.ANSWER) {
      line("unannounced", word(service.unannounced()));
    }
    if (service.probeCapPerSecond() > 0) {
      line("probe-cap-per-second", Double.toString(service.probeCapPerSecond()));
    }
    check(service.check());
    policy(service.policy());
    allDown(service.allDown());
    answers(service.answering());
    open("ttl");
    line("delegation", Limits.text(service.ttls().delegation()));
    line("referral", Limits.text(service.ttls().referral()));
    line("answer", Limits.text(service.ttls().answer()));
    line("changing", Limits.text(service.ttls().changing()));
    close();
    open("sites");
    service.sites().forEach(this::site);
    close();
    close();
  }

  private void check(HealthCheck check) {
    open("check");
    line("kind", word(check.kind()));
    if (check.kind() != HealthCheck.Kind.ICMP) {
      line("port", Integer.toString(check.port()));
    }
    if (check.kind() == HealthCheck.Kind.DNS) {
      line("host", quoted(check.host()));
      line("type", check.exchange().recordType());
    }
    if (check.kind().isHttp()) {
      line("path", quoted(check.path()));
      line("host", quoted(check.host()));
      line("accept", list(check.accept()));
      exchange(check.exchange());
    }
    line("interval", Limits.text(check.interval()));
    line("timeout", Limits.text(check.timeout()));
    line("rise", Integer.toString(check.rise()));
    line("fall", Integer.toString(check.fall()));
    line("hold-down", Limits.text(check.holdDown()));
    close();
  }

  private void exchange(Exchange exchange) {
    line("method", exchange.method());
    line(
        "headers",
        list(exchange.headers().stream().map(it -> it.name() + ": " + it.value()).toList()));
    exchange.contains().ifPresent(text -> line("contains", quoted(text)));
    line("redirects", Integer.toString(exchange.redirects()));
    line("http2", Boolean.toString(exchange.http2()));
    exchange.loadHeader().ifPresent(name -> line("load-header", quoted(name)));
    if (exchange.loadUnit() == Exchange.LoadUnit.CAPACITY) {
      line("load-unit", "capacity");
    }
    exchange.download().ifPresent(this::download);
  }

  private void download(Download download) {
    open("download");
    line("path", quoted(download.path()));
    line("size", Long.toString(download.bytes()));
    line("interval", Limits.text(download.interval()));
    close();
  }

  private void policy(Policy policy) {
    open("policy");
    PolicyText.write(policy, this::line);
    close();
  }

  private void allDown(AllDown allDown) {
    open("all-down");
    line("answer", word(allDown.answer()));
    if (!allDown.addresses().isEmpty()) {
      line("addresses", list(allDown.addresses().stream().map(AddressLiteral::text).toList()));
    }
    close();
  }

  private void answers(Answering answering) {
    open("answers");
    line("count", Integer.toString(answering.count()));
    line("rotate", Boolean.toString(answering.rotate()));
    answering.https().ifPresent(this::https);
    close();
  }

  private void https(HttpsBinding https) {
    open("https");
    line("alpn", list(https.alpn()));
    line("default-alpn", Boolean.toString(https.defaultAlpn()));
    if (https.port() != 0) {
      line("port", Integer.toString(https.port()));
    }
    close();
  }

  private void site(Site site) {
    open(quoted(site.id()));
    line("addresses", list(site.addresses().stream().map(AddressLiteral::text).toList()));
    site.location()
        .ifPresent(location -> {
          line("latitude", Double.toString(location.latitude()));
          line("longitude", Double.toString(location.longitude()));
        });
    line("cost", Double.toString(site.cost()));
    if (!site.costAt().isEmpty()) {
      open("cost-at");
      new TreeMap<>(site.costAt())
          .forEach((place, cost) -> line(quoted(place), Double.toString(cost)));
      close();
    }
    line("capacity", Double.toString(site.capacity()));
    line("weight", Double.toString(site.weight()));
    close();
  }

  private void open(String name) {
    indent().append(name).append(" {\n");
    depth++;
  }

  private void close() {
    depth--;
    indent().append("}\n");
  }

  private void line(String key, String value) {
    indent().append(key).append(" = ").append(value).append('\n');
  }

  private StringBuilder indent() {
    return text.append("  ".repeat(depth));
  }

  static String list(List<?> values) {
    return values.stream().map(DocumentText::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  static String quoted(Object value) {
    return '"' + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
