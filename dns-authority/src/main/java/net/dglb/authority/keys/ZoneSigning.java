package net.dglb.authority.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import net.dglb.dns.keys.KeyBook;
import net.dglb.dns.keys.KeyChange;
import net.dglb.net.DomainName;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/**
 * The signed zones of a node. A zone whose keys cannot be read is not signed anew: what was signed
 * before stays in use, and the status says so. Belongs to the control thread.
 */
public final class ZoneSigning implements KeyBook {

  private static final Logger LOG = LoggerFactory.getLogger(ZoneSigning.class);

  private final KeyFile files;
  private final KeptZones kept;
  private final Timeline timeline;
  private final RandomGenerator random;
  private final Map<DomainName, SignedZone> zones = new LinkedHashMap<>();
  private final Map<DomainName, String> problems = new TreeMap<>();
  private Map<DomainName, Optional<DnssecSettings>> wanted = Map.of();
  private Runnable changed = () -> {};

  /**
   * Signs nothing yet.
   *
   * @param folder where the keys are kept
   * @param random spreads the ends of signatures
   */
  public ZoneSigning(Path folder, KeptZones kept, Timeline timeline, RandomGenerator random) {
    this.files = new KeyFile(folder);
    this.kept = kept;
    this.timeline = timeline;
    this.random = random;
  }

  /**
   * Reads a zone's keys as signing will, if there are any yet.
   *
   * @throws IOException if they cannot be used; says which file and what to do
   */
  public static void check(Path folder, DomainName zone) throws IOException {
    new KeyFile(folder).read(zone);
  }

  /**
   * Signs these zones from now on.
   *
   * @param served every zone that is served; one without settings is unsigned, or about to be
   */
  public void use(Map<DomainName, Optional<DnssecSettings>> served) {
    wanted = Map.copyOf(served);
    zones.keySet().retainAll(wanted.keySet());
    problems.keySet().retainAll(wanted.keySet());
    wanted.forEach((zone, settings) -> {
      if (settings.isPresent() || zones.containsKey(zone) || Files.exists(files.of(zone))) {
        open(zone, settings);
      }
    });
  }

  /** Names what runs when a zone has to be signed again at somebody's word. */
  public void onChange(Runnable listener) {
    changed = listener;
  }

  @Override
  public Collection<Entry> entries() {
    return zones.values().stream()
        .map(zone -> new Entry(zone.zone(), zone.chain(), zone.isLeaving(), true))
        .toList();
  }

  @Override
  public CompletableFuture<Optional<String>> change(DomainName name, KeyChange change) {
    SignedZone zone =
        zone(name).orElseThrow(() -> new IllegalArgumentException(name + ": not a signed zone"));
    switch (change) {
      case KeyChange.Roll _ -> zone.roll();
      case KeyChange.GiveUp it -> zone.giveUp(it.tag());
      case KeyChange.ParentHas it -> zone.parentHas(it.tags());
    }
    changed.run();
    return CompletableFuture.completedFuture(Optional.empty());
  }

  /**
   * Gives lost or damaged keys up: the zone begins anew with another key, or unsigned. Right only
   * when the parent has no DS record of the zone any more.
   *
   * @throws IllegalArgumentException if the zone's keys can be used
   */
  @Override
  public void forget(DomainName zone) {
    if (!problems.containsKey(zone)) {
      throw new IllegalArgumentException(
          zone + ": its keys are not lost (expected: a zone under key-problems of the status)");
    }
    try {
      files.setAside(zone, timeline.now());
    } catch (IOException e) {
      throw new UncheckedIOException(files.of(zone) + ": cannot be put aside: " + e, e);
    }
    kept.remove(zone);
    problems.remove(zone);
    wanted.getOrDefault(zone, Optional.empty()).ifPresent(it -> open(zone, Optional.of(it)));
    changed.run();
  }

  private void open(DomainName zone, Optional<DnssecSettings> settings) {
    try {
      if (!zones.containsKey(zone)) {
        zones.put(zone, new SignedZone(zone, files, kept, timeline, random));
      }
      problems.remove(zone);
      zones.get(zone).use(settings);
    } catch (IOException e) {
      problems.put(zone, e.getMessage());
      LOG.error("{} (the zone is served on as it was last signed)", e.getMessage());
    }
  }

  /**
   * The records of a zone as they are to be served: signed, if they are to be.
   *
   * @param unknown names whose records are not known yet
   * @param number see {@link net.dglb.dns.sign.ZoneSigner#sign}
   * @throws UncheckedIOException if a new key cannot be stored
   */
  public List<Record> sign(
      DomainName origin,
      List<Record> records,
      Collection<Name> unknown,
      UnaryOperator<List<Record>> number) {
    if (problems.containsKey(origin)) {
      List<Record> last = kept.get(origin);
      return last.isEmpty() ? number.apply(records) : last;
    }
    SignedZone zone = zones.get(origin);
    return zone == null ? number.apply(records) : zone.sign(records, unknown, number);
  }

  /** Does what is due; returns whether a zone has to be signed again. */
  public boolean step() {
    boolean changed = false;
    for (SignedZone zone : List.copyOf(zones.values())) {
      try {
        changed |= zone.step();
      } catch (UncheckedIOException e) {
        LOG.error("{} (nothing is changed)", e.getMessage());
      }
      if (zone.isOver()) {
        zones.remove(zone.zone());
        kept.remove(zone.zone());
      }
    }
    return changed;
  }

  @Override
  public Map<DomainName, String> problems() {
    return problems;
  }

  /**
   * A copy of figures.
   *
   * @param zones that are signed
   * @param waiting those of them whose parent is to publish other DS records
   * @param firstEnd when the first signature of any zone ends; empty without any
   */
  public record Figures(int zones, int waiting, Optional<Instant> firstEnd) {

    /** Of a node that signs nothing. */
    public static final Figures NONE = new Figures(0, 0, Optional.empty());
  }

  /** The figures of now. */
  public Figures figures() {
    return new Figures(
        zones.size(),
        (int) zones.values().stream().filter(SignedZone::waitsForParent).count(),
        zones.values().stream().map(SignedZone::firstEnd).min(Instant::compareTo));
  }

  Collection<SignedZone> zones() {
    return zones.values();
  }

  Optional<SignedZone> zone(DomainName origin) {
    return Optional.ofNullable(zones.get(origin));
  }
}
