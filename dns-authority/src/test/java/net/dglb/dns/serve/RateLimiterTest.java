package net.dglb.dns.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

  private static final long NOW = 1_800_000_000_000L;

  private static int taken(RateLimiter limiter, long key, long nowMillis, int attempts) {
    int taken = 0;
    for (int i = 0; i < attempts; i++) {
      taken += limiter.take(key, nowMillis) ? 1 : 0;
    }
    return taken;
  }

  @Test
  void givesEveryRateItsBurstAndThenItsShareOfTime() {
    for (int rate : new int[] {1, 3, 7, 200, 10_000_000}) {
      RateLimiter limiter = new RateLimiter(rate);
      int attempts = Math.min(2 * rate, 1000);
      int first = taken(limiter, 5, NOW, attempts);
      assertThat(first).as("%d per second", rate).isEqualTo(Math.min(rate, attempts));
      if (rate < 1000) {
        assertThat(taken(limiter, 5, NOW + 1000, attempts)).as("a second on").isEqualTo(rate);
        assertThat(taken(limiter, 5, NOW + 9000, attempts)).as("long idle").isEqualTo(rate);
      }
    }
  }

  @Test
  void severalThreadsTakeNoMoreTogether() throws Exception {
    int rate = 100_000;
    RateLimiter limiter = new RateLimiter(rate);
    assertThat(limiter.take(5, NOW)).isTrue();
    AtomicInteger taken = new AtomicInteger(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int behindMillis = i; // the clocks of workers differ by the length of a batch
      threads.add(
          Thread.ofPlatform()
              .start(() -> taken.addAndGet(taken(limiter, 5, NOW - behindMillis, rate / 2))));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(taken.get()).isBetween(rate - rate * 3 / 1000, rate);
  }

  @Test
  void keysThatShareAPlaceDoNotShareABucket() {
    RateLimiter limiter = new RateLimiter(10);
    for (long key = 5; key < 9; key++) { // a set of four, told by other bits
      assertThat(taken(limiter, key, NOW, 20)).isEqualTo(10);
    }
    for (long key = 5; key < 9; key++) {
      assertThat(taken(limiter, key, NOW, 20)).isZero();
    }
    assertThat(taken(limiter, 9, NOW, 4)).as("instead of one of them").isEqualTo(4);
    assertThat(taken(limiter, 9, NOW, 20)).isEqualTo(6);
  }

  @Test
  void theBucketThatIsFullFirstMakesRoomForAnother() {
    RateLimiter limiter = new RateLimiter(10);
    for (long key = 5; key < 9; key++) {
      assertThat(taken(limiter, key, NOW, key == 7 ? 9 : 10)).isPositive();
    }
    assertThat(taken(limiter, 9, NOW, 20)).isEqualTo(10);
    for (long key : new long[] {5, 6, 8}) {
      assertThat(taken(limiter, key, NOW, 20)).as("key %d", key).isZero();
    }
  }

  @Test
  void aNetworkHasRoomForHundredsOfKindsAndLeavesOtherNetworksTheirs() {
    RateLimiter limiter = new RateLimiter(10);
    long victim = 0xc000_0200L << 32;
    long other = 0xc633_6400L << 32;
    assertThat(taken(limiter, RateLimiter.key(other, 1), NOW, 20)).isEqualTo(10);
    int kinds = 300;
    for (int kind = 0; kind < kinds; kind++) {
      taken(limiter, RateLimiter.key(victim, kind), NOW, 20);
    }
    int more = 0;
    for (int kind = 0; kind < kinds; kind++) {
      more += taken(limiter, RateLimiter.key(victim, kind), NOW, 1);
    }
    assertThat(more).as("kinds that were forgotten").isLessThan(kinds / 50);
    assertThat(taken(limiter, RateLimiter.key(other, 1), NOW, 20)).isZero();
  }
}
