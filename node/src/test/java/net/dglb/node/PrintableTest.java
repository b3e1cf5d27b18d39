package net.dglb.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class PrintableTest {

  @Test
  void showsWhatATerminalWouldObeyByItsNumber() {
    assertThat(Printable.of("a\u001b[2Jb\r\n\tc\u0007\u009b1m"))
        .isEqualTo("a\\u001b[2Jb\\u000d\\u000a\\u0009c\\u0007\\u009b1m");
  }

  @Test
  void showsWhatHidesOrReordersText() {
    assertThat(Printable.of("gpj.\u202eexe\u200b\u2028")).isEqualTo("gpj.\\u202eexe\\u200b\\u2028");
  }

  @Test
  void leavesOtherTextAlone() {
    assertThat(Printable.of("Zürich, 東京 \ud83d\ude80")).isEqualTo("Zürich, 東京 \ud83d\ude80");
  }

  @Test
  void aWriterPassesLineFeedsAndTabs() {
    StringWriter written = new StringWriter();
    PrintWriter out = new PrintWriter(Printable.writer(written), true);
    out.print("one\u001b\ttwo\n");
    out.print(new char[] {'\u0000', 'x'});
    out.write('\r');
    out.flush();
    assertThat(written.toString()).isEqualTo("one\\u001b\ttwo\n\\u0000x\\u000d");
  }
}
