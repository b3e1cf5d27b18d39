package net.dglb.backbone.registry.state;

import java.util.Locale;
import net.dglb.backbone.registry.wire.Outcome;

/** Makes outcomes. */
final class Outcomes {

  private Outcomes() {}

  static Outcome stored(long version) {
    return Outcome.newBuilder().setKind(Outcome.Kind.KIND_STORED).setVersion(version).build();
  }

  static Outcome oldVersion(long stored, String text) {
    return Outcome.newBuilder()
        .setKind(Outcome.Kind.KIND_OLD_VERSION)
        .setVersion(stored)
        .setText(text)
        .build();
  }

  static Outcome of(Outcome.Kind kind, String text) {
    return Outcome.newBuilder().setKind(kind).setText(text).build();
  }

  /** For the audit. */
  static String text(Outcome outcome) {
    String word = outcome.getKind().name().substring("KIND_".length()).toLowerCase(Locale.ROOT);
    String more =
        outcome.getKind() == Outcome.Kind.KIND_STORED
            ? "version " + outcome.getVersion()
            : outcome.getText();
    return word + ": " + more;
  }
}
