package net.dglb.lb.sign;

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
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import net.dglb.dns.keys.KeyBook;
import net.dglb.dns.keys.KeyChain;
import net.dglb.dns.keys.KeyChange;
import net.dglb.dns.keys.KeyState;
import net.dglb.dns.keys.KeyText;
import net.dglb.dns.keys.KeyTimes;
import net.dglb.dns.keys.ZoneKey;
import net.dglb.dns.sign.SigningAlgorithm;
import net.dglb.dns.sign.SigningKey;
import net.dglb.mapping.convert.DelegationSigner;
import net.dglb.net.DomainName;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys with which this load balancer signs all its labels, on its own disk. The parent of a
 * label is the backbone: a new key's DS records count as published once every backbone node that is
 * known has acknowledged them for every label. Used on the control thread only.
 */
final class LabelKeyring implements KeyBook {

  private static final Logger LOG = LoggerFactory.getLogger(LabelKeyring.class);
  private static final String KEYS = "keys";
  private static final Duration LOOK = Duration.ofMinutes(1);

  private final DomainName ownId;
  private final Map<String, byte[]> store;
  private final Runnable commit;
  private final Timeline timeline;
  private LabelKeySettings settings;
  private final Supplier<Duration> highestTtl;
  private final Supplier<Set<String>> backboneNodes;
  private final Map<String, Map<DomainName, Set<DelegationSigner>>> acknowledged = new HashMap<>();
  private Supplier<Set<DomainName>> services = Set::of;
  private Runnable changed = () -> {};
  private KeyChain chain;

  /**
   * Takes the keys from disk; makes the first one if there is none.
   *
   * @param highestTtl of all that is signed of own labels
   * @param backboneNodes the ids of all that are known
   * @throws IllegalArgumentException if they are damaged: an error to be seen, not a reason to make
   *     another one
   */
  LabelKeyring(
      String ownId,
      Map<String, byte[]> store,
      Runnable commit,
      Timeline timeline,
      LabelKeySettings settings,
      Supplier<Duration> highestTtl,
      Supplier<Set<String>> backboneNodes) {
    this.ownId = DomainName.of(ownId);
    this.store = store;
    this.commit = commit;
    this.timeline = timeline;
    this.settings = settings;
    this.highestTtl = highestTtl;
    this.backboneNodes = backboneNodes;
    byte[] stored = store.get(KEYS);
    if (stored == null) {
      SigningKey first = KeyChain.EMPTY.newKey(SigningAlgorithm.ECDSA_P256);
      chain = new KeyChain(List.of(new ZoneKey(first, new KeyState.Active(timeline.now()))));
      keep();
    } else {
      chain = KeyText.read(new String(stored, StandardCharsets.UTF_8));
    }
  }

  /**
   * Begins to take steps.
   *
   * @param services the services whose labels are signed here
   * @param listener hears that other keys sign, are published or are announced
   */
  void start(Supplier<Set<DomainName>> services, Runnable listener) {
    this.services = services;
    this.changed = listener;
    timeline.every(LOOK, LOOK, this::look);
    lookWhenDue();
  }

  /** Goes on by other settings. */
  void use(LabelKeySettings next) {
    settings = next;
    changed.run();
  }

  /** Short times are not to wait for the next look. */
  private void lookWhenDue() {
    Instant now = timeline.now();
    chain.keys().stream()
        .flatMap(key -> key.state().end().stream())
        .min(Instant::compareTo)
        .map(end -> Duration.between(now, end))
        .filter(wait -> wait.compareTo(LOOK) < 0)
        .ifPresent(wait -> timeline.after(wait.isNegative() ? Duration.ZERO : wait, this::look));
  }

  /** The keys that sign every record. */
  List<SigningKey> signing() {
    return chain.signing();
  }

  /** The data of the labels' DNSKEY sets. */
  List<byte[]> published() {
    return chain.published().stream().map(SigningKey::dnskey).toList();
  }

  boolean isRolling() {
    return chain.isRolling();
  }

  /** Since when the newest key in use is. */
  Instant inUseSince() {
    return chain.keys().reversed().stream()
        .filter(ZoneKey::isActive)
        .map(key -> key.state().since())
        .findFirst()
        .orElse(Instant.EPOCH);
  }

  /** What the backbone is to hold of a service's label. */
  List<DelegationSigner> signers(DomainName service) {
    DomainName apex = service.child(ownId.toString());
    return chain.announced().stream().map(key -> DelegationSigner.of(key.ds(apex))).toList();
  }

  /** A backbone node refers to a service's label with these from now on. */
  void acknowledged(String node, DomainName service, List<DelegationSigner> signers) {
    acknowledged.computeIfAbsent(node, _ -> new HashMap<>()).put(service, Set.copyOf(signers));
    look();
  }

  private void look() {
    Instant now = timeline.now();
    KeyChain next = chain.advanced(now, times());
    Optional<SigningKey> announced =
        next.keys().stream().filter(ZoneKey::isAnnounced).map(ZoneKey::key).findFirst();
    boolean known = !backboneNodes.get().isEmpty();
    if (announced.isPresent() && next.equals(chain) && known && missing().isEmpty()) {
      next = next.parentHas(Set.of(announced.get()), now, times());
    }
    use(next, "step");
  }

  /** The backbone nodes that have not acknowledged what is announced. */
  private Set<String> missing() {
    Set<DomainName> signed = services.get();
    return backboneNodes.get().stream()
        .filter(node ->
            signed.stream()
                .anyMatch(service ->
                    !Set.copyOf(signers(service))
                        .equals(acknowledged.getOrDefault(node, Map.of()).get(service))))
        .collect(toSet());
  }

  private KeyTimes times() {
    Duration ttl = highestTtl.get();
    Duration keyTtl = settings.keyTtl();
    Duration highest = ttl.compareTo(keyTtl) < 0 ? keyTtl : ttl;
    return new KeyTimes(highest, keyTtl, ttl, settings.propagation());
  }

  private void use(KeyChain next, String why) {
    if (next.equals(chain)) {
      return;
    }
    chain = next;
    keep();
    LOG.info("keys of labels ({}): {}", why, chain.words());
    changed.run();
    lookWhenDue();
  }

  private void keep() {
    store.put(KEYS, KeyText.write(ownId, chain).getBytes(StandardCharsets.UTF_8));
    commit.run();
  }

  @Override
  public Collection<Entry> entries() {
    return List.of(new Entry(ownId, chain, false, false));
  }

  @Override
  public Map<DomainName, String> problems() {
    boolean waits = chain.keys().stream().anyMatch(ZoneKey::isAnnounced);
    Set<String> missing = waits ? missing() : Set.of();
    return missing.isEmpty()
        ? Map.of()
        : Map.of(ownId, "not acknowledged yet by " + String.join(", ", missing));
  }

  @Override
  public CompletableFuture<Optional<String>> change(DomainName name, KeyChange change) {
    use(chain.changed(change, SigningAlgorithm.ECDSA_P256, timeline.now(), times()), change.word());
    return CompletableFuture.completedFuture(Optional.empty());
  }
}
