package net.dglb.authority.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import net.dglb.dns.keys.KeyChain;
import net.dglb.dns.keys.KeyTimes;
import net.dglb.dns.keys.ZoneKey;
import net.dglb.dns.sign.RecordSigner;
import net.dglb.dns.sign.SigningKey;
import net.dglb.dns.sign.ZoneSigner;
import net.dglb.net.DomainName;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/**
 * One zone with its keys and its signatures. A step is on disk before it is published. Belongs to
 * the control thread.
 */
final class SignedZone {

  private static final Logger LOG = LoggerFactory.getLogger(SignedZone.class);

  /** What of a master file gives way to what the node itself publishes. */
  private static final Set<Integer> MADE_HERE = Set.of(Type.DNSKEY, Type.CDS, Type.CDNSKEY);

  /** Asks the parent to remove every DS record (RFC 8078 section 4). */
  private static final byte[] DELETE_CDS = {0, 0, 0, 0, 0};

  /** Stands for the end of signatures before any is made or taken over. */
  private static final Instant NOT_SIGNED = Instant.EPOCH;

  private static final byte[] DELETE_CDNSKEY = {0, 0, 3, 0, 0};

  private final DomainName zone;
  private final KeyFile file;
  private final KeptZones kept;
  private final Timeline timeline;
  private final RandomGenerator random;
  private DnssecSettings settings;
  private boolean leaving;
  private KeyChain chain;
  private List<Record> signed;
  private Instant end = NOT_SIGNED;
  private Duration highestTtl = Duration.ZERO;

  /**
   * Reads the zone's keys.
   *
   * @throws IOException if they cannot be read; says what to do
   */
  SignedZone(
      DomainName zone, KeyFile file, KeptZones kept, Timeline timeline, RandomGenerator random)
      throws IOException {
    this.zone = zone;
    this.file = file;
    this.kept = kept;
    this.timeline = timeline;
    this.random = random;
    this.settings = DnssecSettings.DEFAULT;
    this.chain = file.read(zone);
    this.signed = kept.get(zone);
    if (chain.isEmpty() && !signed.isEmpty()) {
      throw new IOException(
          file.of(zone)
              + ": missing, but the zone was signed (expected: the zone's keys; restore the file"
              + " from a backup)");
    }
  }

  /** Signs as these settings say; without any the zone is to be unsigned, in good order. */
  void use(Optional<DnssecSettings> wanted) {
    leaving = wanted.isEmpty();
    settings = wanted.orElse(settings);
  }

  DomainName zone() {
    return zone;
  }

  KeyChain chain() {
    return chain;
  }

  DnssecSettings settings() {
    return settings;
  }

  /** Whether the zone is on its way to be unsigned. */
  boolean isLeaving() {
    return leaving;
  }

  /** Whether nothing is left to do: the zone is to be unsigned, and is. */
  boolean isOver() {
    return leaving && chain.isEmpty();
  }

  /** The zone signed, with its keys; see {@link ZoneSigner#sign}. */
  List<Record> sign(
      List<Record> records, Collection<Name> unknown, UnaryOperator<List<Record>> number) {
    highestTtl = highestTtl(records);
    if (!leaving && chain.isEmpty()) {
      store(chain.begun(chain.newKey(settings.algorithm()), timeline.now(), times()), "first key");
    } else if (!leaving && chain.hasNoFuture()) {
      store(chain.resumed(timeline.now(), times()), "signed after all");
    }
    if (chain.isEmpty()) {
      return number.apply(records);
    }
    List<Record> all = new ArrayList<>(records);
    all.removeIf(record -> MADE_HERE.contains(record.getType()));
    all.addAll(keyRecords(apex(records)));
    RecordSigner signer =
        new RecordSigner(zone, chain.signing(), settings.lifetime(), timeline::now, random);
    List<Record> former = signed;
    signed =
        new ZoneSigner(signer, settings.renewBefore(), timeline::now)
            .sign(all, unknown, former, number);
    end = ZoneSigner.firstEnd(signed);
    if (!signed.equals(former)) {
      kept.put(zone, signed);
    }
    return signed;
  }

  private static Duration highestTtl(List<Record> records) {
    return Duration.ofSeconds(
        records.stream()
            .mapToLong(record ->
                record instanceof SOARecord soa
                    ? Math.max(soa.getTTL(), soa.getMinimum())
                    : record.getTTL())
            .max()
            .orElse(0));
  }

  private static Name apex(List<Record> records) {
    return records.stream()
        .filter(SOARecord.class::isInstance)
        .map(Record::getName)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("zone without an SOA record"));
  }

  private List<Record> keyRecords(Name apex) {
    List<Record> records = new ArrayList<>();
    chain.published().forEach(key -> records.add(record(apex, Type.DNSKEY, key.dnskey())));
    Optional<SigningKey> announced = chain.announced();
    if (announced.isPresent()) {
      SigningKey key = announced.get();
      records.add(record(apex, Type.CDS, leaving ? DELETE_CDS : key.ds(zone)));
      records.add(record(apex, Type.CDNSKEY, leaving ? DELETE_CDNSKEY : key.dnskey()));
    }
    return records;
  }

  private Record record(Name apex, int type, byte[] data) {
    return Record.newRecord(apex, type, DClass.IN, settings.keyTtl().toSeconds(), data);
  }

  private KeyTimes times() {
    return new KeyTimes(
        highestTtl, settings.keyTtl(), settings.parentTtl(), settings.propagation());
  }

  /** Does what is due; returns whether the zone has to be signed again. */
  boolean step() {
    if (end.equals(NOT_SIGNED)) {
      return false; // how long its records are cached is not known yet
    }
    Instant now = timeline.now();
    KeyChain next = leaving ? chain.ended(now) : chain.advanced(now, times());
    if (!leaving && mustRoll(next, now)) {
      next = next.rolled(chain.newKey(settings.algorithm()), now, times());
    }
    return store(next, "step") || (!chain.isEmpty() && isDue(now));
  }

  private boolean isDue(Instant now) {
    return !now.isBefore(end.minus(settings.renewBefore()));
  }

  /** When the first of its signatures ends. */
  Instant firstEnd() {
    return end;
  }

  private boolean mustRoll(KeyChain next, Instant now) {
    if (next.isRolling() || next.isEmpty() || !next.keys().getFirst().isActive()) {
      return false;
    }
    ZoneKey key = next.keys().getFirst();
    return key.key().algorithm() != settings.algorithm()
        || settings.keyLifetime().map(key.state().since()::plus).filter(now::isAfter).isPresent();
  }

  /** Begins to replace the key by one of an algorithm. */
  void roll() {
    if (leaving) {
      throw new IllegalArgumentException(zone + ": about to be unsigned (expected: dnssec on)");
    }
    store(chain.rolled(chain.newKey(settings.algorithm()), timeline.now(), times()), "roll");
  }

  /** Gives up the key with a tag, which was to replace another. */
  void giveUp(int tag) {
    store(chain.givenUp(chain.byTag(tag), timeline.now(), times()), "given up");
  }

  /** Takes the operator's word for which keys the parent has DS records of. */
  boolean parentHas(List<Integer> tags) {
    return seen(Set.copyOf(tags.stream().map(chain::byTag).toList()));
  }

  /** Takes what the parent's servers said; returns whether the zone has to be signed again. */
  boolean seen(Set<SigningKey> keys) {
    Instant now = timeline.now();
    return store(
        leaving && keys.isEmpty()
            ? chain.parentHasNone(now, times())
            : chain.parentHas(keys, now, times()),
        "DS records at the parent");
  }

  /** Whether anything depends on what the parent publishes. */
  boolean waitsForParent() {
    return leaving || chain.isRolling() || chain.keys().stream().anyMatch(ZoneKey::isAnnounced);
  }

  private boolean store(KeyChain next, String why) {
    if (next.equals(chain)) {
      return false;
    }
    try {
      file.write(zone, next);
    } catch (IOException e) {
      throw new UncheckedIOException(file.of(zone) + ": cannot be written: " + e.getMessage(), e);
    }
    chain = next;
    LOG.info("{}: keys ({}): {}", zone, why, chain.words());
    return true;
  }
}
