package net.dglb.lb;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import net.dglb.dns.keys.RollCheck;
import net.dglb.mapping.session.InMemorySession;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.LabelKeys;
import net.dglb.net.DomainName;
import net.dglb.node.AdminAnswer;
import net.dglb.service.EnterpriseZone;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class LabelRollTest {

  private static final String OWN = "lb-nyc-1." + Network.SERVICE;
  private static final Duration TICK = Duration.ofMinutes(10);
  private static final Duration HOURS = Duration.ofHours(2);

  @TempDir Path directory;
  private Network network;
  private InMemorySession session;
  private LabelKeys backbone = LabelKeys.getDefaultInstance();
  private final Set<String> words = new LinkedHashSet<>();
  private final RollCheck resolvers =
      new RollCheck(DomainName.of(OWN), Duration.ofMinutes(90), HOURS, HOURS);

  @BeforeEach
  void start() {
    network = new Network(directory).started();
    session = network.measuredOwnLabel(signedZone());
    acknowledge();
  }

  private static EnterpriseZone signedZone() {
    EnterpriseZone zone = Zones.zone(1, Network.SERVICE, "answers { https {} }");
    return new EnterpriseZone(
        zone.enterprise(), zone.origin(), zone.form(), true, zone.version(), zone.services());
  }

  /** The backbone node refers with what it was told last. */
  private void acknowledge() {
    backbone = session.sent(Frame::hasLabelKeys).getLast().getLabelKeys();
    network.receive(session, Frame.newBuilder().setLabelKeys(backbone).build());
    look();
  }

  /** What every resolver sees now. */
  private void look() {
    resolvers.publishes(
        network.timeline().now(),
        backbone.getDsRdataList().stream()
            .map(ds -> RollCheck.ds(ds.toByteArray()))
            .collect(toSet()),
        network.askSigned(OWN, Type.DNSKEY),
        List.of(
            network.askSigned(OWN, Type.A),
            network.askSigned(OWN, Type.HTTPS),
            network.askSigned(OWN, Type.NS),
            network.askSigned(OWN, Type.TXT),
            network.askSigned("x." + OWN, Type.A)));
    words.add(words());
  }

  private JsonObject keys() {
    return network.get("/keys", Map.of()).body();
  }

  private JsonArray ownKeys() {
    return keys().getJsonArray("zones").getJsonObject(0).getJsonArray("keys");
  }

  private String words() {
    return String.join(
        ", ", ownKeys().stream().map(key -> ((JsonObject) key).getString("state")).toList());
  }

  private void passUntil(BooleanSupplier holds) {
    for (int tick = 0; !holds.getAsBoolean(); tick++) {
      assertThat(tick).as("ticks, with %s", words).isLessThan(200);
      network.pass(TICK);
      look();
    }
  }

  private AdminAnswer post(String id, String what, JsonObject body) {
    return network.post("/keys/:zone/" + what, Map.of("zone", id), body);
  }

  private void roll() {
    assertThat(post("lb-nyc-1", "roll", new JsonObject()).status()).isEqualTo(200);
  }

  @Test
  void everyResolverValidatesAtEveryMomentOfARoll() {
    int first = ownKeys().getJsonObject(0).getInteger("tag");
    roll();
    passUntil(() -> words.contains("active, announced"));
    network.pass(TICK);
    assertThat(backbone)
        .as("told of the new key, not acknowledged")
        .isNotEqualTo(session.sent(Frame::hasLabelKeys).getLast().getLabelKeys());

    acknowledge();
    passUntil(() -> ownKeys().size() == 1);

    assertThat(words)
        .containsExactly(
            "active",
            "active, introduced",
            "active, published",
            "active, announced",
            "retired, active",
            "withdrawn, active");
    assertThat(ownKeys().getJsonObject(0).getInteger("tag")).isNotEqualTo(first);
    Message dnskey = network.askSigned(OWN, Type.DNSKEY);
    assertThat(dnskey.getSection(Section.ANSWER)).as("one key, one signature").hasSize(2);
  }

  @Test
  void theOldKeyStaysUntilEveryBackboneNodeHasAcknowledged() {
    InMemorySession second = network.open("backbone-2");
    roll();
    passUntil(() -> words.contains("active, announced"));
    acknowledge();
    network.pass(Duration.ofHours(4));
    look();
    assertThat(words()).isEqualTo("active, announced");
    assertThat(keys().getJsonObject("problems").getString("lb-nyc-1"))
        .isEqualTo("not acknowledged yet by backbone-2");

    network.receive(second, Frame.newBuilder().setLabelKeys(backbone).build());
    look();
    assertThat(words()).isEqualTo("retired, active");
  }

  @Test
  void aRestartGoesOnWhereTheRollWas() {
    roll();
    passUntil(() -> words.contains("active, published"));
    JsonArray before = ownKeys();
    network.restart();
    session = network.measuredOwnLabel(signedZone());
    assertThat(ownKeys()).isEqualTo(before);
    acknowledge();
    passUntil(() -> words.contains("active, announced"));
  }

  @Test
  void aNewKeyIsGivenUpBeforeItIsAnnounced() {
    roll();
    network.pass(TICK);
    look();
    int tag = ownKeys().getJsonObject(1).getInteger("tag");
    post("lb-nyc-1", "retire", new JsonObject().put("tag", tag));
    passUntil(() -> ownKeys().size() == 1);
    assertThat(post("other", "roll", new JsonObject()).status()).isEqualTo(404);
  }
}
