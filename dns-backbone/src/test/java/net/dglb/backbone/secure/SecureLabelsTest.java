package net.dglb.backbone.secure;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.dns.sign.SigningAlgorithm;
import net.dglb.dns.sign.SigningKey;
import net.dglb.dns.wire.RecordSet;
import net.dglb.dns.wire.RecordType;
import net.dglb.mapping.convert.DelegationSigner;
import net.dglb.mapping.convert.SignedLabel;
import net.dglb.net.DomainName;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.Test;

class SecureLabelsTest {

  private static final String LABEL = "lb-nyc";
  private static final DomainName SERVICE = DomainName.of("www.lb.foobar.test");
  private static final int REFERRAL_SECONDS = 3600;

  private final VirtualTimeline timeline =
      new VirtualTimeline(Instant.parse("2026-01-01T00:00:00Z"));
  private final Map<String, byte[]> journal = new HashMap<>();
  private final SecureLabels labels = new SecureLabels(journal, timeline);
  private final SigningKey first = key();
  private final SigningKey second = key();

  private static SigningKey key() {
    return SigningKey.generate(SigningAlgorithm.ECDSA_P256, SigningKey.ENTRY_POINT);
  }

  private static List<DelegationSigner> ds(SigningKey key) {
    return List.of(DelegationSigner.of(key.ds(SERVICE.child(LABEL))));
  }

  /** Records that hold for this long; nobody looks into the signatures here. */
  private SignedLabel signed(long version, Duration holds, SigningKey... keys) {
    byte[] signature = new byte[100];
    ByteBuffer.wrap(signature).putInt(8, (int) timeline.now().plus(holds).getEpochSecond());
    List<SignedLabel.SignedSet> sets = new ArrayList<>();
    for (int type : new int[] {RecordType.SOA, RecordType.NS, RecordType.DNSKEY, RecordType.NSEC}) {
      List<ByteString> data = new ArrayList<>();
      for (SigningKey key : keys) {
        data.add(ByteString.copyFrom(key.dnskey()));
      }
      sets.add(new SignedLabel.SignedSet(type, 60, data, List.of(ByteString.copyFrom(signature))));
    }
    return new SignedLabel(LABEL, SERVICE, version, sets);
  }

  private Optional<List<byte[]>> referredWith() {
    return Optional.ofNullable(labels.of(SERVICE).get(LABEL))
        .flatMap(label -> label.ds(REFERRAL_SECONDS, timeline.now()))
        .map(SecureLabelsTest::data);
  }

  private static List<byte[]> data(RecordSet set) {
    return set.data(new byte[] {0});
  }

  private void secure() {
    labels.sets(signed(1, Duration.ofDays(14), first));
    labels.keys(LABEL, SERVICE, ds(first));
    timeline.advance(SecureLabel.SETTLE);
    assertThat(referredWith()).as("secure").isPresent();
  }

  @Test
  void aLabelIsReferredToAsSecureOnceItsRecordsHaveHadTheTimeToBeEverywhere() {
    labels.sets(signed(1, Duration.ofDays(14), first));
    assertThat(referredWith()).as("without a word about keys").isEmpty();
    labels.keys(LABEL, SERVICE, ds(first));
    assertThat(referredWith()).as("at once").isEmpty();
    timeline.advance(SecureLabel.SETTLE);
    assertThat(referredWith().orElseThrow()).containsExactly(ds(first).getFirst().data());
  }

  @Test
  void anotherKeyTakesOverWithoutAMomentInWhichTheLabelIsInsecure() {
    secure();
    labels.sets(signed(2, Duration.ofDays(14), first, second));
    assertThat(referredWith().orElseThrow()).containsExactly(ds(first).getFirst().data());
    labels.keys(LABEL, SERVICE, ds(second));
    assertThat(referredWith().orElseThrow()).containsExactly(ds(second).getFirst().data());
    assertThat(labels.refersWith(LABEL, SERVICE, ds(second))).isTrue();
  }

  @Test
  void aKeyThatTheRecordsAreNotSignedWithDoesNotCountAndIsNotAcknowledged() {
    secure();
    labels.keys(LABEL, SERVICE, ds(second));
    assertThat(labels.refersWith(LABEL, SERVICE, ds(second))).isFalse();
    assertThat(referredWith()).as("insecure is better than bogus").isEmpty();
  }

  @Test
  void aLabelWhoseSignaturesCouldEndInACacheIsReferredToAsInsecure() {
    secure();
    timeline.advance(Duration.ofDays(14).minus(Duration.ofHours(4)));
    assertThat(referredWith()).isPresent();
    timeline.advance(Duration.ofHours(1));
    assertThat(referredWith()).isEmpty();
  }

  @Test
  void aRestartGoesOnWithWhatWasKnown() {
    secure();
    assertThat(new SecureLabels(journal, timeline).refersWith(LABEL, SERVICE, ds(first))).isTrue();
  }
}
