package net.dglb.backbone.secure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.dglb.dns.sign.SigningKey;
import net.dglb.dns.wire.RecordSet;
import net.dglb.dns.wire.RecordSetBuilder;
import net.dglb.dns.wire.RecordType;
import net.dglb.dns.zone.AddressSets;
import net.dglb.dns.zone.AddressZone;
import net.dglb.dns.zone.SignedRecords;
import net.dglb.mapping.convert.DelegationSigner;
import net.dglb.mapping.convert.SignedLabel;
import net.dglb.net.DomainName;
import org.jspecify.annotations.Nullable;

/**
 * A label with the records that its load balancer signed. What is compiled of it stays the same
 * object while nothing changes.
 */
public final class SecureLabel {

  /** How long the records take to every server of the label, before any resolver hears of a key. */
  static final Duration SETTLE = Duration.ofSeconds(5);

  /** How long before signatures end nobody may hold a DS record any more, besides its TTL. */
  private static final Duration MARGIN = Duration.ofHours(1);

  private static final byte[] NO_SUFFIX = {0};

  private final DomainName apex;
  private final SignedLabel signed;
  private final SignedRecords records;
  private final List<DelegationSigner> signers;
  private final Instant since;
  private @Nullable RecordSet ds;
  private @Nullable AddressSets lastAddresses;
  private @Nullable AddressZone lastZone;

  /**
   * Takes what was signed.
   *
   * @param signers what the load balancer says of its keys; those that it did not sign with do not
   *     count
   * @param since when these records came first under these keys
   * @throws IllegalArgumentException if a needed set is missing
   */
  SecureLabel(SignedLabel signed, List<DelegationSigner> signers, Instant since) {
    this.apex = signed.service().child(signed.label());
    this.signed = signed;
    this.since = since;
    records =
        new SignedRecords(
            signed.sets().stream()
                .map(set ->
                    new SignedRecords.Signed(
                        set.type(),
                        set.ttlSeconds(),
                        set.data().stream().map(it -> it.toByteArray()).toList(),
                        set.signatures().stream().map(it -> it.toByteArray()).toList()))
                .toList());
    List<DelegationSigner> published =
        records.keys().stream().map(key -> DelegationSigner.of(SigningKey.ds(apex, key))).toList();
    this.signers = signers.stream().filter(published::contains).toList();
  }

  SignedLabel signed() {
    return signed;
  }

  List<DelegationSigner> signers() {
    return signers;
  }

  Instant since() {
    return since;
  }

  /**
   * The DS set with which the label may be referred to; empty while it is not known everywhere, and
   * once its signatures could end before resolvers forget it.
   */
  public Optional<RecordSet> ds(int ttlSeconds, Instant now) {
    Instant last = now.plus(Duration.ofSeconds(2L * ttlSeconds)).plus(MARGIN);
    if (signers.isEmpty() || now.isBefore(since.plus(SETTLE)) || signed.ends().isBefore(last)) {
      return Optional.empty();
    }
    RecordSet known = ds;
    if (known == null || known.ttlSeconds() != ttlSeconds) {
      RecordSetBuilder set = new RecordSetBuilder(RecordType.DS, ttlSeconds, NO_SUFFIX);
      signers.forEach(signer -> set.data(signer.data()));
      known = set.build();
      ds = known;
    }
    return Optional.of(known);
  }

  /** The label's zone with the addresses of now. */
  public AddressZone zone(AddressSets addresses, int nsTtlSeconds) {
    AddressZone known = lastZone;
    if (known == null || !addresses.equals(lastAddresses)) {
      known =
          new AddressZone(
              apex, records, nsTtlSeconds, addresses.shortestTtlSeconds(nsTtlSeconds), addresses);
      lastZone = known;
      lastAddresses = addresses;
    }
    return known;
  }
}
