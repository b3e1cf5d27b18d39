package net.dglb.backbone.registry.state;

import java.util.Optional;
import net.dglb.backbone.registry.wire.Outcome;
import net.dglb.backbone.registry.wire.PutZone;
import net.dglb.backbone.registry.wire.ZoneRecord;
import net.dglb.net.DomainName;
import org.jspecify.annotations.Nullable;

/** Versions of a zone: they only grow, and a change says which one it changes. */
final class Versions {

  private Versions() {}

  /** The highest version that a zone ever had, also under another owner; 0 for none. */
  static long highest(@Nullable ZoneRecord record) {
    return record == null ? 0 : History.last(record).getVersion();
  }

  /** The version that is served; 0 for none. */
  private static long served(@Nullable ZoneRecord record) {
    return record == null || record.hasRemoval() ? 0 : highest(record);
  }

  static Optional<Outcome> refusal(DomainName origin, @Nullable ZoneRecord present, PutZone asked) {
    if (asked.hasBase() && asked.getBase() != served(present)) {
      return Optional.of(otherBase(origin, asked.getBase(), served(present)));
    }
    long highest = highest(present);
    if (asked.getVersion() != 0 && asked.getVersion() <= highest) {
      return Optional.of(
          Outcomes.oldVersion(
              highest,
              "zone "
                  + origin
                  + ": version "
                  + asked.getVersion()
                  + " (expected above "
                  + highest
                  + ", which is or was stored with other content)"));
    }
    return Optional.empty();
  }

  static Outcome otherTexts(DomainName origin, long version, long asked, long stored) {
    return Outcomes.oldVersion(
        version,
        "zone "
            + origin
            + ": the change is to TXT records number "
            + asked
            + ", but number "
            + stored
            + " is stored (look at what they say, then change that)");
  }

  static Outcome otherBase(DomainName origin, long asked, long served) {
    return Outcomes.oldVersion(
        served,
        "zone "
            + origin
            + ": the change is to version "
            + asked
            + ", but "
            + (served == 0 ? "no version" : "version " + served)
            + " is served now (look at what it says, then change that)");
  }
}
