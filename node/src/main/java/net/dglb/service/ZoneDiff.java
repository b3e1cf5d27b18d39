package net.dglb.service;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.dglb.net.DomainName;

/** What a change of a zone changes, in lines of its document. */
public final class ZoneDiff {

  private ZoneDiff() {}

  /**
   * What differs, service by service: lines that go begin with {@code -}, lines that come with
   * {@code +}, and each changed service is named first.
   *
   * @param before the zone as it is; empty if it is new
   * @return nothing if the documents are the same
   */
  public static List<String> of(Optional<EnterpriseZone> before, EnterpriseZone after) {
    List<String> lines = new ArrayList<>();
    before
        .filter(zone -> !zone.enterprise().equals(after.enterprise()))
        .ifPresent(zone -> {
          lines.add("- enterprise = " + zone.enterprise());
          lines.add("+ enterprise = " + after.enterprise());
        });
    if (before.map(EnterpriseZone::dnssec).orElse(false) != after.dnssec()) {
      before.ifPresent(zone -> lines.add("- dnssec = " + zone.dnssec()));
      lines.add("+ dnssec = " + after.dnssec());
    }
    Map<DomainName, Service> old = services(before);
    for (Service service : after.services()) {
      Service former = old.remove(service.name());
      if (former == null) {
        lines.add("service " + service.name() + " is new");
        text(service).forEach(line -> lines.add("+ " + line));
      } else if (!former.equals(service)) {
        lines.add("service " + service.name() + " changes");
        changed(text(former), text(service), lines);
      }
    }
    old.keySet().forEach(name -> lines.add("service " + name + " goes"));
    return lines;
  }

  private static Map<DomainName, Service> services(Optional<EnterpriseZone> zone) {
    Map<DomainName, Service> all = new LinkedHashMap<>();
    zone.ifPresent(
        present -> present.services().forEach(service -> all.put(service.name(), service)));
    return all;
  }

  private static void changed(List<String> before, List<String> after, List<String> lines) {
    Set<String> kept = new HashSet<>(before);
    kept.retainAll(new HashSet<>(after));
    before.stream().filter(line -> !kept.contains(line)).forEach(line -> lines.add("- " + line));
    after.stream().filter(line -> !kept.contains(line)).forEach(line -> lines.add("+ " + line));
  }

  /** Each line with the sections that it stands in, so that lines can be told apart. */
  private static List<String> text(Service service) {
    List<String> flat = new ArrayList<>();
    List<String> path = new ArrayList<>();
    for (String each : Arrays.asList(DocumentText.of(service).split("\n"))) {
      String line = each.strip();
      if (line.endsWith("{")) {
        path.add(line.substring(0, line.length() - 1).strip());
      } else if (line.equals("}")) {
        path.removeLast();
      } else {
        String sections = String.join(".", path.subList(1, path.size()));
        flat.add(sections.isEmpty() ? line : sections + "." + line);
      }
    }
    return flat;
  }
}
