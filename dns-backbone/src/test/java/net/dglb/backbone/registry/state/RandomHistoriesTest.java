package net.dglb.backbone.registry.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.dglb.backbone.registry.wire.Command;
import net.dglb.backbone.registry.wire.Outcome;
import net.dglb.backbone.registry.wire.Proof;
import net.dglb.backbone.registry.wire.PutZone;
import net.dglb.backbone.registry.wire.ZoneRecord;
import net.dglb.backbone.registry.wire.ZoneVersion;
import net.dglb.net.DomainName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds after any history of commands. */
class RandomHistoriesTest {

  private static final int COMMANDS = 600;
  private static final List<String> ENTERPRISES = List.of("one", "two", "three");
  private static final List<String> NAMES =
      List.of("a.test", "x.a.test", "y.x.a.test", "b.test", "x.b.test", "test", "ab.test");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void zonesOfDifferentEnterprisesNeverOverlapAndVersionsOnlyGrow(long seed) {
    Random random = new Random(seed);
    RegistryState state = RegistryState.EMPTY;
    int stored = 0;
    for (int i = 0; i < COMMANDS; i++) {
      Command command = command(random, i);
      RegistryState.Step step = state.apply(command);
      assertThat(state.apply(command)).as("seed %d, command %d: pure", seed, i).isEqualTo(step);
      stored += step.outcome().getKind() == Outcome.Kind.KIND_STORED ? 1 : 0;
      assertSound("seed " + seed + ", command " + i, state, step.state());
      state = step.state();
    }
    assertThat(stored).as("seed %d: enough happened", seed).isGreaterThan(COMMANDS / 20);
    assertThat(state.audit().firstBroken()).isZero();
  }

  private static Command command(Random random, int i) {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    long millis = i * (Commands.DAY_MILLIS / 4);
    if (random.nextInt(4) == 0) {
      return Commands.remove(millis, name);
    }
    Proof proof = Proof.forNumber(random.nextInt(4));
    PutZone.Builder put =
        Commands.put(
            name,
            ENTERPRISES.get(random.nextInt(ENTERPRISES.size())),
            "content " + random.nextInt(5),
            proof)
            .toBuilder();
    if (random.nextInt(4) == 0) {
      put.setBase(random.nextInt(6));
    }
    if (random.nextInt(6) == 0) {
      put.setVersion(random.nextInt(40));
    }
    return Commands.at(millis, put.build());
  }

  private static void assertSound(String when, RegistryState before, RegistryState after) {
    List<ZoneRecord> served =
        after.zones().values().stream().filter(RegistryState::isServed).toList();
    for (ZoneRecord one : served) {
      for (ZoneRecord other : served) {
        boolean overlap =
            DomainName.of(one.getOrigin()).isAtOrBelow(DomainName.of(other.getOrigin()));
        assertThat(!overlap || one.getEnterprise().equals(other.getEnterprise()))
            .as(
                "%s: %s of %s and %s of %s",
                when,
                one.getOrigin(),
                one.getEnterprise(),
                other.getOrigin(),
                other.getEnterprise())
            .isTrue();
      }
    }
    after
        .zones()
        .forEach((origin, record) -> {
          assertThat(record.getHistoryList())
              .as(when)
              .extracting(ZoneVersion::getVersion)
              .isSorted()
              .doesNotHaveDuplicates();
          ZoneRecord former = before.zones().get(origin);
          if (former != null) {
            assertThat(RegistryState.last(record).getVersion())
                .as("%s: %s", when, origin)
                .isGreaterThanOrEqualTo(RegistryState.last(former).getVersion());
          }
        });
  }
}
