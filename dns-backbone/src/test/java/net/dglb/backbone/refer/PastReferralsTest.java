package net.dglb.backbone.refer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.backbone.Samples;
import net.dglb.backbone.index.ResolverIndex;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.wire.ParseVerdict;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.QueryParser;
import net.dglb.dns.wire.Transport;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** How far back it is known which way questions took, and that this has a bound. */
class PastReferralsTest {

  private final Backbone backbone = new Backbone();
  private Catalog published = Catalog.of(List.of());

  private void compile() {
    published = Catalog.of(backbone.compile().zones());
  }

  /** How a question from New York for the sample service was decided. */
  private Optional<Referral> explain(Instant moment) {
    byte[] wire = Backbone.query("www.lb.foobar.test.", Type.A, null).toWire();
    Query query = new Query();
    query.source().set(InetAddress.ofLiteral(Backbone.NEW_YORK_RESOLVER));
    assertThat(QueryParser.parse(ByteBuffer.wrap(wire), wire.length, Transport.UDP, query))
        .isEqualTo(ParseVerdict.ANSWERABLE);
    return published.find(query) instanceof ReferralZone zone
        ? backbone.compiler.explain(zone, query, moment)
        : Optional.empty();
  }

  @Test
  void nothingIsKnownBeforeTheFirstCompilation() {
    assertThat(backbone.compiler.knownSince()).isEmpty();
    Instant start = backbone.timeline.now();
    compile();
    assertThat(backbone.compiler.knownSince()).contains(start);
    assertThat(explain(start.minusSeconds(1))).isEmpty();
    assertThat(explain(start)).isPresent();
  }

  @Test
  void theOldestIsForgottenForTheNewest() {
    int weight = ResolverIndex.empty().weightBeside(ResolverIndex.empty());
    PastReferrals past = new PastReferrals(10 * weight);
    for (int second = 0; second < 50; second++) {
      past.replace(
          Map.of(),
          new LabelTable(List.of()),
          ResolverIndex.empty(),
          Backbone.NOW.plusSeconds(second));
    }
    assertThat(past.since().orElseThrow())
        .as("as many changes as there is room for")
        .isBetween(Backbone.NOW.plusSeconds(40), Backbone.NOW.plusSeconds(41));
  }

  @Test
  void aServiceIsNotKnownBeforeItWasRegistered() {
    backbone.zones = List.of();
    Instant start = backbone.timeline.now();
    compile();
    backbone.timeline.advance(Duration.ofSeconds(10));
    backbone.zones = List.of(Samples.aliased(1));
    compile();

    assertThat(explain(start.plusSeconds(9))).isEmpty();
    assertThat(explain(start.plusSeconds(10))).isPresent();
  }
}
