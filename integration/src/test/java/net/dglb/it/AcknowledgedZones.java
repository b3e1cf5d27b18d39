package net.dglb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.dglb.config.ConfigException;
import net.dglb.it.BackboneProcesses.Reply;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Mode;
import net.dglb.service.RegistrationDocument;
import net.dglb.service.Service;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** The zones that were acknowledged, as they were sent, and what nodes have of them. */
final class AcknowledgedZones {

  /**
   * What one node has of them, counted.
   *
   * @param zones how many of them were looked at: all
   * @param lost those that the node does not have, or not in the acknowledged version
   * @param halfApplied those that it has, but otherwise than they were sent, or whose services it
   *     does not all answer in DNS
   * @param wrong what was found, a line for each zone that counts
   */
  record Count(int zones, int lost, int halfApplied, List<String> wrong) {}

  private enum Finding {
    WHOLE,
    LOST,
    HALF_APPLIED
  }

  private record Found(Finding finding, String what) {}

  private static final int AT_ONCE = 16;

  private final Map<String, EnterpriseZone> sent = new ConcurrentHashMap<>();

  /** Notes a document that a node acknowledged, with the version that it gave. */
  void add(String document, long version) {
    EnterpriseZone zone = read(document).withVersion(version);
    sent.put(zone.origin().toString(), zone);
  }

  int size() {
    return sent.size();
  }

  /** Looks at every one of them, at a node's admin API and in its DNS. */
  Count count(BackboneProcesses nodes, String id) throws Exception {
    List<Found> all = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<Found>> found = new ArrayList<>();
      for (EnterpriseZone zone : sent.values()) {
        found.add(pool.submit(() -> found(nodes, id, zone)));
      }
      for (Future<Found> each : found) {
        all.add(each.get());
      }
    }
    return new Count(
        all.size(),
        count(all, Finding.LOST),
        count(all, Finding.HALF_APPLIED),
        all.stream().filter(it -> it.finding() != Finding.WHOLE).map(Found::what).toList());
  }

  private static int count(List<Found> all, Finding wanted) {
    return Math.toIntExact(all.stream().filter(it -> it.finding() == wanted).count());
  }

  private static Found found(BackboneProcesses nodes, String id, EnterpriseZone zone)
      throws Exception {
    String path = "/zones/" + zone.origin();
    Reply shown = nodes.call(id, "GET", path, Optional.empty()).orElseThrow();
    String where = "%s at %s: ".formatted(zone.origin(), id);
    if (shown.status() == 404 || shown.tree().getLong("version") != zone.version()) {
      return new Found(Finding.LOST, where + shown.tree().encode());
    }
    assertThat(shown.status()).as(shown.tree().encode()).isEqualTo(200);
    String document = shown.tree().getString("document");
    if (!read(document).withVersion(zone.version()).equals(zone)) {
      return new Found(Finding.HALF_APPLIED, where + document);
    }
    for (Service service : zone.services()) {
      Message answer = ask(nodes, id, service);
      if (!answers(answer, service)) {
        return new Found(Finding.HALF_APPLIED, where + answer);
      }
    }
    return new Found(Finding.WHOLE, where);
  }

  private static Message ask(BackboneProcesses nodes, String id, Service service) throws Exception {
    SimpleResolver resolver = new SimpleResolver(nodes.dns(id));
    resolver.setPort(nodes.dnsPort());
    Name name = Name.fromString(service.name().toString(), Name.root);
    return resolver.send(Message.newQuery(Record.newRecord(name, Type.A, DClass.IN)));
  }

  /** The address of its site, or the way to where that is answered. */
  private static boolean answers(Message answer, Service service) {
    return answer.getSection(Section.ANSWER).stream()
        .anyMatch(record ->
            service.mode() == Mode.DIRECT
                ? record instanceof ARecord address
                    && service.targets().anyMatch(it -> it.address().equals(address.getAddress()))
                : record instanceof CNAMERecord);
  }

  private static EnterpriseZone read(String document) {
    try {
      return RegistrationDocument.readForeign("document", document);
    } catch (ConfigException e) {
      throw new AssertionError(document, e);
    }
  }
}
