package net.dglb.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.Test;

class BoundedLinesTest {

  private final VirtualTimeline timeline = new VirtualTimeline(Instant.EPOCH);
  private final List<Integer> rests = new ArrayList<>();
  private final BoundedLines lines = new BoundedLines(timeline, rests::add);

  @Test
  void ofTenThousandAtOnceTwentyHaveALineAndTheRestHasOne() {
    assertThat(admitted(10_000)).isEqualTo(20);
    timeline.advance(BoundedLines.MOMENT);
    assertThat(rests).containsExactly(9_980);
  }

  @Test
  void aFewHaveTheirLinesAtOnceAndNothingFollows() {
    assertThat(admitted(20)).isEqualTo(20);
    timeline.advance(BoundedLines.MOMENT);
    assertThat(rests).isEmpty();
  }

  @Test
  void theNextMomentBeginsAnew() {
    admitted(21);
    timeline.advance(BoundedLines.MOMENT);
    assertThat(admitted(3)).isEqualTo(3);
    timeline.advance(BoundedLines.MOMENT);
    assertThat(rests).containsExactly(1);
  }

  private int admitted(int asked) {
    int admitted = 0;
    for (int i = 0; i < asked; i++) {
      admitted += lines.admits() ? 1 : 0;
    }
    return admitted;
  }
}
