package net.dglb.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AuditLineTest {

  @Test
  void aRecordIsOneLineOfEightFields() {
    assertThat(line("operator", "stored: version 1").text())
        .isEqualTo(
            AuditLine.FIRST
                + "\t1\t2026-11-28T00:00:00Z\toperator\t127.0.0.1:5000\tput-zone\tlb.test"
                + "\tstored: version 1");
  }

  @Test
  void itsHashIsThatOfTheLineWithItsLineFeed() {
    assertThat(line("operator", "stored: version 1").hash())
        .as("made with sha256sum")
        .isEqualTo("dbc89f36d45b07b9b5c0572f22c7a5ccb8c8e3a8fb95a04c730575ba1e5ca365");
  }

  @Test
  void whateverAFieldHoldsItCannotLookLikeAnother() {
    assertThat(line("a\tb\n", "c\\u0009\u202eé").text())
        .endsWith(
            "\ta\\u0009b\\u000a\t127.0.0.1:5000\tput-zone\tlb.test\tc\\\\u0009\\u202e\\u00e9");
    assertThat(line("a\tb", "c").hash()).isNotEqualTo(line("a\\u0009b", "c").hash());
  }

  private static AuditLine line(String actor, String outcome) {
    return new AuditLine(
        AuditLine.FIRST,
        1,
        "2026-11-28T00:00:00Z",
        actor,
        "127.0.0.1:5000",
        "put-zone",
        "lb.test",
        outcome);
  }
}
