package net.dglb.backbone.keys;

import static java.util.stream.Collectors.toSet;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import net.dglb.backbone.keys.KeyedZones.KeyedZone;
import net.dglb.backbone.registry.Caller;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.backbone.registry.wire.PutKeys;
import net.dglb.backbone.registry.wire.SealedKeys;
import net.dglb.backbone.sign.OnlineSigning;
import net.dglb.backbone.sign.SignedZone;
import net.dglb.backbone.sign.ZoneSigning;
import net.dglb.dns.keys.KeyBook;
import net.dglb.dns.keys.KeyChain;
import net.dglb.dns.keys.KeyChange;
import net.dglb.dns.keys.KeyState;
import net.dglb.dns.keys.KeyText;
import net.dglb.dns.keys.ZoneKey;
import net.dglb.dns.sign.SigningAlgorithm;
import net.dglb.dns.sign.SigningKey;
import net.dglb.mapping.convert.DelegationSigner;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of every signed zone and of the backbone's own, from the registry, the same on all
 * backbone nodes: several keys for one zone fail when the node whose DNSKEY set was cached dies. A
 * zone without keys gets its first one from one of the nodes. Lives on the control thread.
 */
public final class ZoneKeyring implements KeyBook {

  private static final Logger LOG = LoggerFactory.getLogger(ZoneKeyring.class);

  /** How long one node leaves it to the one before it to make a zone's first key. */
  private static final Duration TURN = Duration.ofSeconds(3);

  /** When to try again what was not confirmed. */
  private static final Duration RETRY = Duration.ofSeconds(10);

  private record InUse(SealedKeys sealed, KeyChain chain, SignedZone zone) {}

  private final ZoneRegistry registry;
  private final KeySeal seal;
  private final OnlineSigning online;
  private final Caller self;
  private final IntSupplier rank;
  private final BooleanSupplier allHeard;
  private RollSettings settings;
  private final KeyedZones zones;
  private final Timeline timeline;
  private final Map<DomainName, InUse> inUse = new HashMap<>();

  /** By {@link Timeline#nanoTime}. */
  private final Map<DomainName, Long> nextTry = new HashMap<>();

  private final Map<DomainName, String> problems = new TreeMap<>();
  private Runnable keysChanged = () -> {};

  /**
   * Uses the registry's keys.
   *
   * @param self in whose name this node makes keys
   * @param rank this node's place among the backbone nodes, from 0
   * @param allHeard whether this node hears every other one
   * @param own the backbone's own zone
   */
  public ZoneKeyring(
      ZoneRegistry registry,
      KeySeal seal,
      OnlineSigning online,
      Caller self,
      IntSupplier rank,
      BooleanSupplier allHeard,
      RollSettings settings,
      DomainName own,
      Timeline timeline) {
    this.registry = registry;
    this.seal = seal;
    this.online = online;
    this.self = self;
    this.rank = rank;
    this.allHeard = allHeard;
    this.settings = settings;
    this.zones = new KeyedZones(registry, own, () -> this.settings);
    this.timeline = timeline;
  }

  /** Names what runs when other keys sign: what they made before has to be made again. */
  public void onChange(Runnable listener) {
    keysChanged = listener;
  }

  /** Rolls keys by other settings from now on. */
  public void use(RollSettings next) {
    settings = next;
  }

  /** Has everything signed anew, since signatures hold for another time now. */
  public void signAnew() {
    inUse
        .values()
        .forEach(it -> it.zone().signing().use(it.chain().signing(), it.chain().signing()));
    keysChanged.run();
  }

  /** How a zone is signed now; empty for one that is not, or has no key yet. */
  public Optional<SignedZone> of(EnterpriseZone zone) {
    return inUse(KeyedZones.of(zone)).map(InUse::zone);
  }

  /** The keys of the backbone's own zone; none before there are any. */
  public KeyChain own() {
    return inUse(zones.own()).map(InUse::chain).orElse(KeyChain.EMPTY);
  }

  private Optional<InUse> inUse(KeyedZone zone) {
    SealedKeys sealed = registry.keys(zone.origin());
    boolean signed = zone.registered().map(EnterpriseZone::dnssec).orElse(true);
    if (!signed || sealed.getNumber() == 0) {
      return Optional.empty();
    }
    Optional<InUse> known = Optional.ofNullable(inUse.get(zone.origin()));
    return known.isPresent() && known.get().sealed().equals(sealed)
        ? known
        : use(zone.origin(), sealed, known);
  }

  /** What the parent of a zone is to hold of its keys. */
  public List<DelegationSigner> delegationSigners(EnterpriseZone zone) {
    return of(zone).stream()
        .flatMap(signed -> signed.announced().stream())
        .map(key -> DelegationSigner.of(key.ds(zone.origin())))
        .toList();
  }

  private Optional<InUse> use(DomainName origin, SealedKeys sealed, Optional<InUse> before) {
    try {
      byte[] text = seal.open(origin, sealed.getSealed());
      KeyChain chain = KeyText.read(new String(text, StandardCharsets.UTF_8));
      List<SigningKey> signing = chain.signing();
      Optional<ZoneSigning> known = before.map(it -> it.zone().signing());
      ZoneSigning how = known.orElseGet(() -> new ZoneSigning(online, origin, signing, signing));
      how.use(signing, signing);
      InUse next =
          new InUse(
              sealed,
              chain,
              new SignedZone(how, chain.published(), chain.announced().stream().toList()));
      inUse.put(origin, next);
      problems.remove(origin);
      if (known.isPresent()) {
        LOG.info("zone {}: keys: {}", origin, chain.words());
        keysChanged.run();
      }
      return Optional.of(next);
    } catch (IllegalArgumentException e) {
      if (!String.valueOf(e.getMessage()).equals(problems.put(origin, e.getMessage()))) {
        LOG.error("keys of zone {} cannot be used: {}", origin, e.getMessage());
      }
      return before;
    }
  }

  /**
   * Makes the first keys of zones that have none, and takes the steps that are due.
   *
   * @param registered the enterprises' zones
   */
  public void look(Collection<EnterpriseZone> registered) {
    Instant now = timeline.now();
    boolean turn = isTurn();
    for (KeyedZone zone : zones.among(registered)) {
      if (timeline.isPast(nextTry.getOrDefault(zone.origin(), timeline.nanoTime()))) {
        look(zone, turn, now);
      }
    }
  }

  private void look(KeyedZone zone, boolean turn, Instant now) {
    DomainName origin = zone.origin();
    if (registry.keys(origin).getNumber() == 0) {
      if (!nextTry.containsKey(origin)) {
        nextTry.put(origin, timeline.nanoTimeAfter(TURN.multipliedBy(rank.getAsInt())));
      }
      if (timeline.isPast(nextTry.getOrDefault(origin, timeline.nanoTime()))) {
        var _ = put(zone, 0, first(zone, now), "first");
      }
      return;
    }
    InUse known = inUse(zone).orElse(null);
    if (known != null && turn && isDue(known.chain(), now)) {
      KeyChain next = known.chain().advanced(now, zones.times(zone));
      if (mustRoll(next, now)) {
        next = next.rolled(next.newKey(SigningAlgorithm.ECDSA_P256), now, zones.times(zone));
      }
      if (!next.equals(known.chain())) {
        var _ = put(zone, known.sealed().getNumber(), next, "step");
      }
    }
  }

  /** Whether this node is the one to take steps, and nobody could miss them. */
  boolean isTurn() {
    return rank.getAsInt() == 0 && allHeard.getAsBoolean();
  }

  private boolean isDue(KeyChain chain, Instant now) {
    return mustRoll(chain, now)
        || chain.keys().stream()
            .anyMatch(key -> key.state().end().filter(end -> !now.isBefore(end)).isPresent());
  }

  private boolean mustRoll(KeyChain chain, Instant now) {
    if (chain.isRolling() || chain.isEmpty() || !chain.keys().getFirst().isActive()) {
      return false;
    }
    Instant since = chain.keys().getFirst().state().since();
    return settings.keyLifetime().map(since::plus).filter(now::isAfter).isPresent();
  }

  /**
   * A zone's first key. Nobody holds a record of a new zone, so that the parent may point at the
   * key at once; of one that was served unsigned everything has to leave the caches first.
   */
  private KeyChain first(KeyedZone zone, Instant now) {
    SigningKey key = KeyChain.EMPTY.newKey(SigningAlgorithm.ECDSA_P256);
    return zones.wasServedUnsigned(zone)
        ? KeyChain.EMPTY.begun(key, now, zones.times(zone))
        : new KeyChain(List.of(new ZoneKey(key, new KeyState.Announced(now))));
  }

  @Override
  public Collection<Entry> entries() {
    return zones.among(registry.list()).stream()
        .flatMap(zone ->
            inUse(zone).stream().map(keys -> new Entry(zone.origin(), keys.chain(), false, true)))
        .toList();
  }

  @Override
  public Map<DomainName, String> problems() {
    return problems;
  }

  @Override
  public CompletableFuture<Optional<String>> change(DomainName name, KeyChange change) {
    KeyedZone zone =
        zones.find(name).orElseThrow(() -> new IllegalArgumentException(name + ": no such zone"));
    InUse keys =
        inUse(zone).orElseThrow(() -> new IllegalArgumentException(name + ": not signed yet"));
    KeyChain next =
        keys.chain()
            .changed(change, SigningAlgorithm.ECDSA_P256, timeline.now(), zones.times(zone));
    return next.equals(keys.chain())
        ? CompletableFuture.completedFuture(Optional.empty())
        : put(zone, keys.sealed().getNumber(), next, change.word());
  }

  /** Zones with a key that the parent is to point at, or not to point at any more. */
  public Collection<Entry> waitingForParent() {
    return entries().stream()
        .filter(entry ->
            entry.chain().isRolling()
                || entry.chain().keys().stream().anyMatch(ZoneKey::isAnnounced))
        .toList();
  }

  /**
   * A copy of figures.
   *
   * @param zones that are signed
   * @param rolling those of them whose key is being replaced
   * @param waiting those whose parent is to publish other DS records
   * @param problems zones whose keys cannot be used
   * @param oldest since when the oldest key in use is; empty without any
   */
  public record Figures(
      int zones, int rolling, int waiting, int problems, Optional<Instant> oldest) {

    /** Of a node that signs nothing. */
    public static final Figures NONE = new Figures(0, 0, 0, 0, Optional.empty());
  }

  /** The figures of now. */
  public Figures figures() {
    Collection<Entry> all = entries();
    return new Figures(
        all.size(),
        (int) all.stream().filter(it -> it.chain().isRolling()).count(),
        (int) all.stream().filter(this::isForSomebodyToDo).count(),
        problems.size(),
        all.stream()
            .flatMap(it -> it.chain().keys().stream())
            .filter(ZoneKey::isActive)
            .map(key -> key.state().since())
            .min(Instant::compareTo));
  }

  /** Nobody has to make the backbone's own zone secure, but to end a roll. */
  private boolean isForSomebodyToDo(Entry entry) {
    boolean optional = entry.name().equals(zones.own().origin()) && !entry.chain().isRolling();
    return !optional && entry.chain().keys().stream().anyMatch(ZoneKey::isAnnounced);
  }

  /** Takes what all name servers of a zone's parent say alike. */
  public void parentHas(DomainName origin, Set<DelegationSigner> signers) {
    InUse keys = inUse.get(origin);
    Optional<KeyedZone> zone = zones.find(origin);
    if (keys == null || zone.isEmpty() || !isTurn()) {
      return;
    }
    Set<SigningKey> seen =
        keys.chain().signing().stream()
            .filter(key -> signers.contains(DelegationSigner.of(key.ds(origin))))
            .collect(toSet());
    KeyChain next = keys.chain().parentHas(seen, timeline.now(), zones.times(zone.get()));
    if (!next.equals(keys.chain())) {
      var _ = put(zone.get(), keys.sealed().getNumber(), next, "DS records at the parent");
    }
  }

  private CompletableFuture<Optional<String>> put(
      KeyedZone zone, long base, KeyChain chain, String why) {
    DomainName origin = zone.origin();
    nextTry.put(origin, timeline.nanoTimeAfter(RETRY));
    byte[] text = KeyText.write(origin, chain).getBytes(StandardCharsets.UTF_8);
    PutKeys put =
        PutKeys.newBuilder()
            .setOrigin(origin.toString())
            .setOwn(zone.isOwn())
            .setBase(base)
            .setSealed(seal.seal(origin, text))
            .setNote(why + ": " + chain.words())
            .build();
    CompletableFuture<Optional<String>> stored = new CompletableFuture<>();
    registry.putKeys(
        put,
        self,
        outcome -> {
          if (outcome instanceof ZoneRegistry.Outcome.Stored) {
            nextTry.remove(origin);
          }
          stored.complete(told(origin, chain, why, outcome));
        });
    return stored;
  }

  private static Optional<String> told(
      DomainName origin, KeyChain chain, String why, ZoneRegistry.Outcome outcome) {
    return switch (outcome) {
      case ZoneRegistry.Outcome.Stored _ -> {
        LOG.info("zone {}: keys ({}) are stored: {}", origin, why, chain.words());
        yield Optional.empty();
      }
      case ZoneRegistry.Outcome.OldVersion _ -> {
        LOG.info("zone {}: another node changed the keys", origin);
        yield Optional.of(
            origin + ": somebody else changed the keys just now (expected: keys list, then again)");
      }
      default -> {
        LOG.warn("zone {}: keys ({}) are not stored: {}", origin, why, outcome);
        yield Optional.of(origin + ": not stored: " + outcome);
      }
    };
  }
}
