package net.dglb.authority;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.authority.ask.FlattenedNames;
import net.dglb.authority.keys.DnssecSettings;
import net.dglb.authority.keys.ZoneSigning;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.zone.StaticZone;
import net.dglb.dns.zone.Zone;
import net.dglb.dns.zone.ZoneException;
import net.dglb.dns.zone.ZoneFile;
import net.dglb.net.DomainName;
import net.dglb.node.Published;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Record;

/**
 * The zones of this node: what the master files say, with what the backbone's answers add, compiled
 * and published as a whole. A file that is broken changes nothing but the status. Belongs to the
 * control thread.
 */
final class ServedZones {

  private static final Logger LOG = LoggerFactory.getLogger(ServedZones.class);

  private final Published<Catalog> catalog;
  private final KeptRecords kept;
  private final SerialBook serials;
  private final Secondaries secondaries;
  private final ZoneSigning signing;
  private final FlattenedNames flattened;
  private final Map<DomainName, List<Record>> files = new LinkedHashMap<>();
  private final Map<DomainName, List<String>> problems = new LinkedHashMap<>();
  private final Map<DomainName, List<String>> warnings = new LinkedHashMap<>();
  private final Map<DomainName, StaticZone> zones = new LinkedHashMap<>();
  private final Map<DomainName, List<Record>> records = new LinkedHashMap<>();
  private Collection<ZoneAddition> additions = List.of();

  ServedZones(
      Published<Catalog> catalog,
      KeptRecords kept,
      SerialBook serials,
      Secondaries secondaries,
      ZoneSigning signing,
      FlattenedNames flattened) {
    this.secondaries = secondaries;
    this.catalog = catalog;
    this.kept = kept;
    this.serials = serials;
    this.signing = signing;
    this.flattened = flattened;
  }

  /** Reads these files and serves their zones, with these additions, and no others. */
  void serve(List<ZoneSource> sources, Collection<ZoneAddition> added) {
    additions = List.copyOf(added);
    List<DomainName> origins = sources.stream().map(ZoneSource::origin).toList();
    secondaries.use(sources);
    files.keySet().retainAll(origins);
    problems.keySet().retainAll(origins);
    Map<DomainName, Optional<DnssecSettings>> signed = new LinkedHashMap<>();
    sources.forEach(source -> signed.put(source.origin(), source.dnssec()));
    signing.use(signed);
    sources.forEach(this::read);
    publish();
  }

  /** Reads one changed file. */
  void reread(ZoneSource source) {
    read(source);
    publish();
  }

  /** Composes and signs again, with the keys and the flattened addresses of now. */
  void publishAgain() {
    publish();
  }

  /** Takes other delegations and aliases into use. */
  void add(Collection<ZoneAddition> changed) {
    additions = List.copyOf(changed);
    publish();
  }

  /** Per zone what is wrong with its file; nothing for a good one. */
  Map<DomainName, List<String>> problems() {
    return problems;
  }

  /** Per zone what the operator should know of what is not published. */
  Map<DomainName, List<String>> warnings() {
    return warnings;
  }

  /** The apexes of the zones that are served. */
  Collection<DomainName> served() {
    return zones.keySet();
  }

  private void read(ZoneSource source) {
    DomainName origin = source.origin();
    try {
      List<Record> read = ZoneFile.read(source.file(), origin);
      StaticZone.compile(origin, read);
      files.put(origin, read);
      problems.remove(origin);
      kept.put(origin, read);
      LOG.info("{}: read {} records from {}", origin, read.size(), source.file());
    } catch (ZoneException e) {
      problems.put(origin, e.problems());
      List<Record> last = files.computeIfAbsent(origin, kept::get);
      String effect =
          last.isEmpty() ? "the zone is not served" : "the zone is served on as it last was";
      e.problems().forEach(problem -> LOG.error("{} ({})", problem, effect));
    }
  }

  private void publish() {
    warnings.clear();
    zones.keySet().retainAll(files.keySet());
    records.keySet().retainAll(files.keySet());
    flattened.use(apexesThatStandForServices());
    files.forEach(this::compile);
    catalog.publish(Catalog.of(new ArrayList<Zone>(zones.values())));
    secondaries.serve(records);
  }

  private Map<DomainName, FlattenedNames.Source> apexesThatStandForServices() {
    Map<DomainName, FlattenedNames.Source> sources = new LinkedHashMap<>();
    for (ZoneAddition addition : additions) {
      List<InetAddress> servers =
          addition.nameServers().values().stream().flatMap(List::stream).toList();
      addition
          .aliases()
          .forEach((alias, service) -> {
            if (files.containsKey(alias) && !servers.isEmpty()) {
              sources.put(alias, new FlattenedNames.Source(service, servers));
            }
          });
    }
    return sources;
  }

  private void compile(DomainName origin, List<Record> file) {
    if (file.isEmpty()) {
      return;
    }
    ZoneComposer.Composed composed =
        ZoneComposer.compose(origin, files.keySet(), file, additions, flattened.found());
    if (!composed.warnings().isEmpty()) {
      warnings.put(origin, composed.warnings());
      composed.warnings().forEach(LOG::warn);
    }
    try {
      List<Record> ready =
          signing.sign(
              origin, composed.records(), composed.notReady(), it -> serials.number(origin, it));
      zones.put(origin, StaticZone.compile(origin, ready, composed.notReady()));
      records.put(origin, ready);
    } catch (UncheckedIOException e) {
      warnings.put(origin, List.of(String.valueOf(e.getMessage())));
      LOG.error("{} ({} is served on as it was)", e.getMessage(), origin);
    } catch (ZoneException e) {
      warnings.put(origin, e.problems());
      e.problems().forEach(problem -> LOG.error("{}: {} (served on as it was)", origin, problem));
    }
  }
}
