package net.dglb.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-499, 1000, 0, 499",
    "bytes=500-, 1000, 500, 999",
    "bytes=-500, 1000, 500, 999",
    "bytes=-5000, 1000, 0, 999",
    "bytes=0-0, 1, 0, 0",
    "bytes=990-99999999999999999999999999, 1000, 990, 999",
    "BYTES=1-2, 1000, 1, 2"
  })
  void findsTheBytesAskedFor(String field, long length, long first, long last) {
    assertThat(ByteRange.parse(field, length)).isEqualTo(new ByteRange.Part(first, last));
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=1000-, 1000",
    "bytes=-0, 1000",
    "bytes=0-, 0",
    "bytes=99999999999999999999-, 5"
  })
  void saysWhenThereIsNoSuchByte(String field, long length) {
    assertThat(ByteRange.parse(field, length)).isEqualTo(new ByteRange.Unsatisfiable());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=2-1",
        "bytes=-",
        "bytes=",
        "bytes=a-b",
        "bytes=1",
        "lines=1-2",
        "bytes=0-1,3-4",
        "bytes=1-2-3",
        "bytes=+1-2",
        ""
      })
  void ignoresWhatIsNotOneValidRange(String field) {
    assertThat(ByteRange.parse(field, 1000)).isEqualTo(new ByteRange.Whole());
  }

  @Test
  void hasNoLastBytesOfNothingToSend() {
    assertThat(ByteRange.parse("bytes=-5", 0)).isEqualTo(new ByteRange.Whole());
  }

  @Test
  void neverLeavesTheContent() {
    Random random = new Random(6);
    for (int i = 0; i < 20_000; i++) {
      long length = random.nextLong(50);
      String from = random.nextBoolean() ? "" : Long.toString(random.nextLong(60));
      String to = random.nextBoolean() ? "" : Long.toString(random.nextLong(60));
      String field = "bytes=" + from + "-" + to;
      if (ByteRange.parse(field, length) instanceof ByteRange.Part part) {
        assertThat(part.first()).as(field + " of " + length).isBetween(0L, part.last());
        assertThat(part.last()).as(field + " of " + length).isLessThan(length);
      }
    }
  }
}
