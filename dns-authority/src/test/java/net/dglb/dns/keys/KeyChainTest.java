package net.dglb.dns.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import net.dglb.dns.sign.SigningAlgorithm;
import net.dglb.dns.sign.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyChainTest {

  private static final Duration TICK = Duration.ofMinutes(10);

  private KeyTimes times =
      new KeyTimes(
          Duration.ofHours(2), Duration.ofHours(1), Duration.ofHours(4), Duration.ofMinutes(30));
  private Caches caches = new Caches(times);
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private KeyChain chain = KeyChain.EMPTY;
  private Set<SigningKey> parent = Set.of();
  private boolean leaving;
  private final Set<String> words = new LinkedHashSet<>();

  private static SigningKey key(SigningAlgorithm algorithm) {
    return SigningKey.generate(algorithm, SigningKey.ENTRY_POINT);
  }

  /** Lets time pass until something holds; at every moment every resolver has to validate. */
  private void passUntil(BooleanSupplier holds) {
    for (int tick = 0; !holds.getAsBoolean(); tick++) {
      assertThat(tick).as("ticks without: " + chain).isLessThan(1000);
      passOneTick();
    }
  }

  private void pass(Duration time) {
    Instant end = now.plus(time);
    passUntil(() -> !now.isBefore(end));
  }

  private void passOneTick() {
    now = now.plus(TICK);
    chain = leaving ? chain.ended(now) : chain.advanced(now, times);
    check();
  }

  private void check() {
    chain.keys().forEach(key -> words.add(key.state().word()));
    caches.check(now, parent, chain);
  }

  private void parentPublishes(SigningKey... keys) {
    parent = Set.of(keys);
    chain =
        leaving && parent.isEmpty()
            ? chain.parentHasNone(now, times)
            : chain.parentHas(parent, now, times);
    check();
  }

  private void roll(SigningKey next) {
    chain = chain.rolled(next, now, times);
    check();
  }

  private boolean announces(SigningKey key) {
    return chain.announced().equals(Optional.of(key));
  }

  private SigningKey signTheZone(SigningAlgorithm algorithm) {
    check();
    SigningKey first = key(algorithm);
    chain = chain.begun(first, now, times);
    check();
    passUntil(() -> announces(first));
    pass(Duration.ofHours(5));
    parentPublishes(first);
    pass(Duration.ofHours(5));
    return first;
  }

  @ParameterizedTest
  @CsvSource({
    "ECDSA_P256, ECDSA_P256, 120, 60, 240, 30, 3",
    "ECDSA_P256, ED25519, 120, 60, 240, 30, 3",
    "ED25519, ECDSA_P256, 1, 600, 60, 0, 0",
    "ED25519, ED25519, 1440, 10, 10, 60, 30",
    "ECDSA_P256, ED25519, 30, 30, 2880, 10, 1",
  })
  void everyResolverValidatesAtEveryMomentOfARoll(
      SigningAlgorithm from,
      SigningAlgorithm to,
      int zone,
      int keys,
      int delegation,
      int propagation,
      int hoursOfTheParent) {
    times =
        new KeyTimes(
            Duration.ofMinutes(zone),
            Duration.ofMinutes(keys),
            Duration.ofMinutes(delegation),
            Duration.ofMinutes(propagation));
    caches = new Caches(times);
    SigningKey first = signTheZone(from);
    SigningKey second = key(to);

    roll(second);
    passUntil(() -> announces(second));
    pass(Duration.ofHours(hoursOfTheParent));
    parentPublishes(second);
    passUntil(() -> !chain.isRolling());
    pass(Duration.ofDays(3));

    assertThat(chain.signing()).containsExactly(second);
    assertThat(chain.published()).doesNotContain(first);
    assertThat(words)
        .containsExactlyInAnyOrder(
            "introduced", "published", "announced", "active", "retired", "withdrawn");
  }

  @Test
  void aParentThatHasBothRecordsForAWhileIsServedTheSame() {
    SigningKey first = signTheZone(SigningAlgorithm.ED25519);
    SigningKey second = key(SigningAlgorithm.ECDSA_P256);
    roll(second);
    passUntil(() -> announces(second));
    parentPublishes(first, second);
    pass(Duration.ofDays(2));
    assertThat(chain.published()).containsExactly(first, second);
    assertThat(announces(second)).isTrue();
    parentPublishes(second);
    passUntil(() -> !chain.isRolling());
    assertThat(chain.signing()).containsExactly(second);
  }

  @Test
  void aParentThatNeverChangesKeepsTheOldKeyInUse() {
    SigningKey first = signTheZone(SigningAlgorithm.ED25519);
    SigningKey second = key(SigningAlgorithm.ED25519);
    roll(second);
    passUntil(() -> announces(second));
    parentPublishes(first);
    pass(Duration.ofDays(5));
    assertThat(chain.published()).containsExactly(first, second);
  }

  @Test
  void aZoneIsUnsignedOnlyAfterItsDsRecordHasLeftTheCaches() {
    SigningKey first = signTheZone(SigningAlgorithm.ED25519);
    leaving = true;
    pass(Duration.ofDays(2));
    assertThat(chain.signing()).containsExactly(first);
    parentPublishes();
    passUntil(() -> chain.isEmpty());
    pass(Duration.ofDays(1));
  }

  @Test
  void aZoneThatWasNeverAnnouncedIsUnsignedAtOnce() {
    chain = chain.begun(key(SigningAlgorithm.ED25519), now, times);
    leaving = true;
    passOneTick();
    assertThat(chain.isEmpty()).isTrue();
  }

  @Test
  void aZoneThatIsToStaySignedAfterAllGoesThroughEverythingAgain() {
    SigningKey first = signTheZone(SigningAlgorithm.ED25519);
    leaving = true;
    parentPublishes();
    assertThat(chain.hasNoFuture()).isTrue();
    leaving = false;
    chain = chain.resumed(now, times);
    check();
    passUntil(() -> announces(first));
    parentPublishes(first);
    pass(Duration.ofDays(1));
  }

  @Test
  void aNewKeyCanBeGivenUpUntilItIsAnnounced() {
    SigningKey first = signTheZone(SigningAlgorithm.ED25519);
    SigningKey second = key(SigningAlgorithm.ECDSA_P256);
    roll(second);
    passOneTick();
    chain = chain.givenUp(second, now, times);
    check();
    assertThat(chain.signing()).containsExactly(first);

    roll(second);
    passUntil(() -> chain.published().contains(second));
    chain = chain.givenUp(second, now, times);
    check();
    passUntil(() -> !chain.isRolling());
    pass(Duration.ofDays(1));

    roll(second);
    passUntil(() -> announces(second));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> chain.givenUp(second, now, times))
        .withMessageContaining("the parent may have its DS record");
  }

  @Test
  void theKeyInUseIsNeverGivenUpAndOneRollIsEnough() {
    SigningKey first = signTheZone(SigningAlgorithm.ED25519);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> chain.givenUp(first, now, times))
        .withMessageContaining("no other key is in use");
    roll(key(SigningAlgorithm.ED25519));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> chain.rolled(key(SigningAlgorithm.ED25519), now, times))
        .withMessageContaining("a roll is under way");
  }

  /** The test itself: a roll without patience is noticed. */
  @Test
  void rollingAtOnceWouldBreakSomeResolver() {
    SigningKey first = signTheZone(SigningAlgorithm.ED25519);
    SigningKey second = key(SigningAlgorithm.ED25519);
    chain = new KeyChain(List.of(new ZoneKey(second, new KeyState.Active(now))));
    assertThat(first).isNotEqualTo(second);
    assertThatThrownBy(() -> parentPublishes(second)).isInstanceOf(AssertionError.class);
  }
}
