package net.dglb.backbone.keys;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import net.dglb.backbone.registry.Caller;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.backbone.registry.wire.PutKeys;
import net.dglb.backbone.registry.wire.SealedKeys;
import net.dglb.backbone.registry.wire.ZoneKey;
import net.dglb.backbone.registry.wire.ZoneKeys;
import net.dglb.backbone.sign.OnlineSigning;
import net.dglb.backbone.sign.SignedZone;
import net.dglb.backbone.sign.ZoneSigning;
import net.dglb.dns.sign.SigningAlgorithm;
import net.dglb.dns.sign.SigningKey;
import net.dglb.mapping.convert.DelegationSigner;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of every signed zone, from the registry, the same on all backbone nodes: several keys
 * for one zone fail when the node whose DNSKEY set was cached dies. A zone without keys gets its
 * first one from one of the nodes. Lives on the control thread.
 */
public final class ZoneKeyring {

  private static final Logger LOG = LoggerFactory.getLogger(ZoneKeyring.class);

  /** How long one node leaves it to the one before it to make a zone's first key. */
  private static final Duration TURN = Duration.ofSeconds(3);

  /** When to try again what was not confirmed. */
  private static final Duration RETRY = Duration.ofSeconds(10);

  private record InUse(SealedKeys sealed, SignedZone zone) {}

  private final ZoneRegistry registry;
  private final KeySeal seal;
  private final OnlineSigning online;
  private final Caller self;
  private final IntSupplier rank;
  private final Timeline timeline;
  private final Map<DomainName, InUse> inUse = new HashMap<>();
  private final Map<DomainName, Instant> nextTry = new HashMap<>();

  /**
   * Uses the registry's keys.
   *
   * @param self in whose name this node makes keys
   * @param rank this node's place among the backbone nodes, from 0
   */
  public ZoneKeyring(
      ZoneRegistry registry,
      KeySeal seal,
      OnlineSigning online,
      Caller self,
      IntSupplier rank,
      Timeline timeline) {
    this.registry = registry;
    this.seal = seal;
    this.online = online;
    this.self = self;
    this.rank = rank;
    this.timeline = timeline;
  }

  /** How a zone is signed now; empty for one that is not, or has no key yet. */
  public Optional<SignedZone> of(EnterpriseZone zone) {
    SealedKeys sealed = registry.keys(zone.origin());
    if (!zone.dnssec() || sealed.getNumber() == 0) {
      return Optional.empty();
    }
    Optional<InUse> known = Optional.ofNullable(inUse.get(zone.origin()));
    if (known.isEmpty() || !known.get().sealed().equals(sealed)) {
      known = use(zone.origin(), sealed, known);
    }
    return known.map(InUse::zone);
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
      List<SigningKey> keys =
          ZoneKeys.parseFrom(seal.open(origin, sealed.getSealed())).getKeysList().stream()
              .map(key -> SigningKey.fromBytes(key.getKey().toByteArray()))
              .toList();
      ZoneSigning signing =
          before
              .map(known -> known.zone().signing())
              .orElseGet(() -> new ZoneSigning(online, origin, keys, keys));
      signing.use(keys, keys);
      InUse next = new InUse(sealed, new SignedZone(signing, keys, keys));
      inUse.put(origin, next);
      return Optional.of(next);
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      LOG.error("keys of zone {} cannot be used: {}", origin, e.getMessage());
      return before;
    }
  }

  /** Makes the first keys of zones that have none; to be called often. */
  public void look(Collection<EnterpriseZone> zones) {
    Instant now = timeline.now();
    for (EnterpriseZone zone : zones) {
      if (zone.dnssec() && registry.keys(zone.origin()).getNumber() == 0) {
        Instant due =
            nextTry.computeIfAbsent(
                zone.origin(), _ -> now.plus(TURN.multipliedBy(rank.getAsInt())));
        if (!due.isAfter(now)) {
          nextTry.put(zone.origin(), now.plus(RETRY));
          makeFirst(zone.origin(), now);
        }
      }
    }
  }

  private void makeFirst(DomainName origin, Instant now) {
    SigningKey key = SigningKey.generate(SigningAlgorithm.ECDSA_P256, SigningKey.ENTRY_POINT);
    ZoneKeys keys =
        ZoneKeys.newBuilder()
            .addKeys(
                ZoneKey.newBuilder()
                    .setKey(com.google.protobuf.ByteString.copyFrom(key.toBytes()))
                    .setMadeAtEpochMillis(now.toEpochMilli()))
            .build();
    PutKeys put =
        PutKeys.newBuilder()
            .setOrigin(origin.toString())
            .setSealed(seal.seal(origin, keys.toByteArray()))
            .setNote("first: " + key)
            .build();
    registry.putKeys(
        put,
        self,
        outcome -> {
          switch (outcome) {
            case ZoneRegistry.Outcome.Stored _ ->
                LOG.info("zone {} is signed from now on: its first key is {}", origin, key);
            case ZoneRegistry.Outcome.OldVersion _ ->
                LOG.info("another node made the first key of zone {}", origin);
            default -> LOG.warn("zone {} has no signing key yet: {}", origin, outcome);
          }
        });
  }
}
