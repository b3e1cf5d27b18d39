package net.dglb.backbone.refer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import net.dglb.backbone.Samples;
import net.dglb.backbone.index.FallbackTable;
import net.dglb.net.Prefix;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;
import net.dglb.service.Site;
import org.junit.jupiter.api.Test;

/** What a change is told to touch that costs more rankings than are made for one change. */
class ChangeImpactTest {

  private final Backbone backbone = new Backbone();

  ChangeImpactTest() {
    backbone.indexes.computedMap(
        new FallbackTable.Builder(2)
            .computed(Prefix.parse("11.0.0.0/8"), List.of("lb-tyo"))
            .computed(Prefix.parse("12.0.0.0/8"), List.of("lb-nyc"))
            .build());
    backbone.indexes.locations(
        new FallbackTable.Builder(1).located(Prefix.parse("13.0.0.0/8"), Samples.TOKYO).build());
    backbone.serves(Samples.WWW, "lb-nyc").serves(Samples.WWW, "lb-lon");
    backbone.serves(Samples.WWW, "lb-tyo");
  }

  @Test
  void whatTheBoundLetsBeLookedAtIsCountedExactly() {
    assertThat(backbone.touched(withoutTokyo(), 3)).isEqualTo(new TouchedPrefixes(0, 1, 1, true));
  }

  @Test
  void pastTheBoundTheRestCountsAsTouchedAndIsToldToBeTheMost() {
    assertThat(backbone.touched(withoutTokyo(), 1))
        .as("New York was looked at, twice")
        .isEqualTo(new TouchedPrefixes(1, 1, 1, false));
  }

  @Test
  void withNoRankingAtAllEverythingIsToldToBeTouchedAtMost() {
    assertThat(backbone.touched(withoutTokyo(), 0)).isEqualTo(new TouchedPrefixes(2, 2, 1, false));
  }

  @Test
  void aChangeThatEverybodySeesIsExactWithoutAnyRanking() {
    assertThat(backbone.touched(Samples.direct(Samples.aliased(8)), 0))
        .isEqualTo(new TouchedPrefixes(2, 2, 1, true));
  }

  /** The zone whose first service has other addresses in Tokyo. */
  private static EnterpriseZone withoutTokyo() {
    return Samples.withServices(
        Samples.aliased(8), it -> it.name().equals(Samples.WWW) ? moved(it) : it);
  }

  private static Service moved(Service service) {
    return new Service(
        service.name(),
        service.aliases(),
        service.mode(),
        List.of(
            service.sites().getFirst(),
            new Site(
                "tokyo",
                Samples.addresses("192.0.2.99", "2001:db8::99"),
                Optional.of(Samples.TOKYO))),
        service.check(),
        service.policy(),
        service.ttls(),
        service.probeCapPerSecond());
  }
}
