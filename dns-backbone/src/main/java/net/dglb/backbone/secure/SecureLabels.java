package net.dglb.backbone.secure;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import net.dglb.backbone.wire.SecureLabelRecord;
import net.dglb.mapping.convert.DelegationSigner;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.convert.SignedLabel;
import net.dglb.mapping.convert.WireDuties;
import net.dglb.mapping.convert.WireLabels;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.SignedSets;
import net.dglb.net.DomainName;
import net.dglb.node.BoundedLines;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What load balancers signed of their labels, kept over a restart. A label's records come before
 * its keys are told, and both before any referral says that the label is signed. Lives on the
 * control thread.
 */
public final class SecureLabels {

  private static final Logger LOG = LoggerFactory.getLogger(SecureLabels.class);

  private final Map<String, byte[]> journal;
  private final Timeline timeline;
  private final BoundedLines lines;
  private final Map<DomainName, Map<String, SecureLabel>> labels = new HashMap<>();

  /** Takes up what the journal holds. */
  public SecureLabels(Map<String, byte[]> journal, Timeline timeline) {
    this.journal = journal;
    this.timeline = timeline;
    lines = new BoundedLines(timeline, rest -> LOG.info("and {} more labels are signed", rest));
    journal.forEach(this::restore);
  }

  private void restore(String key, byte[] bytes) {
    try {
      SecureLabelRecord record = SecureLabelRecord.parseFrom(bytes);
      SignedLabel signed = WireLabels.fromWire(SignedSets.parseFrom(record.getSignedSets()));
      put(new SecureLabel(signed, WireDuties.signers(record.getDsList()), Instant.EPOCH));
    } catch (InvalidProtocolBufferException
        | MalformedMessageException
        | IllegalArgumentException e) {
      LOG.error("journal: signed label {} is unreadable and left out: {}", key, e.getMessage());
    }
  }

  private void put(SecureLabel label) {
    labels
        .computeIfAbsent(label.signed().service(), _ -> new HashMap<>())
        .put(label.signed().label(), label);
  }

  /** What is signed of a service's labels, by label. */
  public Map<String, SecureLabel> of(DomainName service) {
    return labels.getOrDefault(service, Map.of());
  }

  /** The message that gives a label's records to somebody who backs it up. */
  public Optional<Frame> frame(DomainName service, String label) {
    return Optional.ofNullable(of(service).get(label))
        .map(it -> Frame.newBuilder().setSignedSets(WireLabels.toWire(it.signed())).build());
  }

  /**
   * Takes records from the load balancer that signed them; returns whether they are new.
   *
   * @throws IllegalArgumentException if a needed set is missing
   */
  public boolean sets(SignedLabel signed) {
    SecureLabel known = of(signed.service()).get(signed.label());
    if (known != null && known.signed().version() >= signed.version()) {
      return false;
    }
    List<DelegationSigner> signers = known == null ? List.of() : known.signers();
    Instant since = known == null ? timeline.now() : known.since();
    keep(new SecureLabel(signed, signers, since));
    return true;
  }

  /** Takes what a load balancer says of its keys; returns whether that is new. */
  public boolean keys(String label, DomainName service, List<DelegationSigner> signers) {
    SecureLabel known = of(service).get(label);
    if (known == null || known.signers().equals(signers)) {
      return false;
    }
    Instant since = known.signers().isEmpty() ? timeline.now() : known.since();
    keep(new SecureLabel(known.signed(), signers, since));
    if (lines.admits()) {
      LOG.info("{}.{} is signed with {}", label, service, signers);
    }
    return true;
  }

  /**
   * Whether a label is referred to with just these DS records, as soon as it is known everywhere.
   */
  public boolean refersWith(String label, DomainName service, List<DelegationSigner> signers) {
    SecureLabel known = of(service).get(label);
    return known != null && known.signers().equals(signers);
  }

  private void keep(SecureLabel label) {
    put(label);
    SecureLabelRecord.Builder record =
        SecureLabelRecord.newBuilder()
            .setSignedSets(WireLabels.toWire(label.signed()).toByteString());
    label.signers().forEach(signer -> record.addDs(ByteString.copyFrom(signer.data())));
    journal.put(key(label), record.build().toByteArray());
  }

  private static String key(SecureLabel label) {
    return label.signed().label() + "/" + label.signed().service();
  }

  /** Forgets the labels of services that are not answered any more. */
  public void retain(Predicate<DomainName> answered) {
    labels
        .entrySet()
        .removeIf(entry -> {
          boolean gone = !answered.test(entry.getKey());
          if (gone) {
            entry.getValue().values().forEach(label -> journal.remove(key(label)));
          }
          return gone;
        });
  }

  /** How many labels are signed. */
  public int size() {
    return labels.values().stream().mapToInt(Map::size).sum();
  }
}
