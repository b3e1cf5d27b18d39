package net.dglb.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import net.dglb.backbone.Description.Operation;
import net.dglb.backbone.announce.Grants;
import net.dglb.backbone.index.FallbackTable;
import net.dglb.backbone.refer.Backbone;
import net.dglb.decision.Estimate;
import net.dglb.decision.Health;
import net.dglb.decision.SiteState;
import net.dglb.dns.serve.InProcessServer;
import net.dglb.dns.wire.Transport;
import net.dglb.net.DomainName;
import net.dglb.net.Location;
import net.dglb.net.Prefix;
import net.dglb.service.DelegationForm;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Policy;
import net.dglb.service.ProbeTarget;
import net.dglb.service.RegistrationDocument;
import net.dglb.service.Score;
import net.dglb.service.Service;
import net.dglb.service.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/**
 * The OpenAPI description and the API that runs are the same, both ways: every route, every
 * parameter and field that is read, every status, every field that is answered.
 */
class DescribedApiTest {

  private static final int PLENTY = 1_000_000;
  private static final int BODY_LIMIT = 4 << 20;
  private static final Prefix EVERYWHERE = Prefix.parse("0.0.0.0/0");

  /** Their answers are those of a whole node, see {@link DescribedStatusTest}. */
  private static final Set<String> OF_A_WHOLE_NODE =
      Set.of("status", "health", "readiness", "metrics");

  private final ServedApi served = new ServedApi();
  private final VirtualBackbone backbone = served.backbone;
  private final ControlPlane plane = served.plane;
  private final Description description = served.description;
  private final List<VirtualLoadBalancer> balancers = new ArrayList<>();
  private final ApiClient api = served.client(PLENTY);

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void theDescriptionNamesExactlyTheRoutes() {
    Set<String> described = new TreeSet<>();
    description.operations().forEach(it -> described.add(it.method() + " " + it.path()));
    Set<String> routes =
        new TreeSet<>(Set.of("get /status", "get /healthz", "get /readyz", "get /metrics"));
    served.routes().forEach(it -> routes.add(ServedApi.key(it)));
    assertThat(described).isEqualTo(routes);
  }

  @Test
  void everyParameterFieldAndStatusIsAsDescribedAndEverythingDescribedComes() throws IOException {
    callWrongly();
    callTooOften();
    callWhileTheControlThreadIsStuck();
    String token = admit();
    registerAndChange(token);
    api.call("saySites").body(saying("drain").put("who", "alice")).expect(200);
    api.call("explain").expect(200);
    api.call("sitesSaid").expect(200);
    api.call("saySites").body(saying("probed")).expect(200);
    explain();
    maintainKeysAndMembers();
    rollSigningKeys();
    remove(token);

    Set<String> all = new TreeSet<>();
    description.operations().forEach(it -> all.add(it.id()));
    Set<String> unanswered = description.unansweredOf(all);
    unanswered.remove("readiness 503");
    assertThat(unanswered).as("described statuses that never came").isEmpty();
    all.removeAll(OF_A_WHOLE_NODE);
    assertThat(description.absentOf(all)).as("described fields that never came").isEmpty();
    assertThat(served.read).as("parameters and fields that are read").isEqualTo(describedInput());
  }

  private Set<String> describedInput() {
    Set<String> described = new TreeSet<>();
    for (Operation each : description.operations()) {
      each.parameters().forEach(name -> described.add(each.id() + " " + name.split(" ", 2)[1]));
      description.bodyFields(each, false).forEach(name -> described.add(each.id() + " " + name));
    }
    return described;
  }

  /** Every way to be wrong that does not depend on the operation. */
  private void callWrongly() throws IOException {
    for (Operation each : description.operations()) {
      assertThat(api.call(each).statusFor("attacker.example")).isEqualTo(403);
      if (each.takesToken()) {
        api.call(each).token("guessed").expect(401);
      }
      if (!each.method().equals("get")) {
        api.call(each).body("x".repeat(BODY_LIMIT + 1)).expect(413);
      }
      if (each.hasBody()) {
        api.call(each).mediaType("text/plain").expect(415);
      }
      for (String field : description.bodyFields(each, true)) {
        JsonObject body = saying("drain").put("id", "b9").put("endpoint", "127.0.0.1:1");
        body.remove(field);
        assertThat(api.call(each).body(body).expect(400).getString("detail"))
            .startsWith(field + ": missing");
      }
    }
  }

  private void callTooOften() {
    ApiClient hasty = served.client(1);
    for (Operation each : description.operations()) {
      boolean turnedAway = false;
      for (int i = 0; i < 20 && !turnedAway; i++) {
        turnedAway = ApiClient.await(hasty.call(each).send()).status() == 429;
      }
      assertThat(turnedAway).as(each.id()).isEqualTo(each.statuses().contains("429"));
    }
  }

  private void callWhileTheControlThreadIsStuck() {
    served.stuck = true;
    List<CompletableFuture<ApiClient.Reply>> replies = new ArrayList<>();
    for (Operation each : description.operations()) {
      if (!Set.of("readiness", "metrics").contains(each.id())) {
        replies.add(api.call(each).send());
      }
    }
    assertThat(replies).extracting(reply -> ApiClient.await(reply).status()).containsOnly(503);
    served.stuck = false;
  }

  private String admit() {
    JsonObject wish = new JsonObject().put("name", "foobar");
    api.call("putEnterprise").body(wish).expect(200);
    String token =
        api.call("putEnterprise").body(wish.put("new-token", true)).expect(200).getString("token");
    api.call("listEnterprises").expect(200);
    api.call("listEnterprises").token(token).expect(403);
    JsonObject other = new JsonObject().put("name", "other");
    JsonArray nothing = new JsonArray().add("token");
    api.call("putEnterprise").body(other.copy().put("revoke", nothing)).expect(404);
    api.call("putEnterprise").body(other).expect(200);
    api.call("removeEnterprise").path("name", "other").expect(200);
    api.call("removeEnterprise").path("name", "other").expect(404);
    api.call("openApi").expect(200);
    api.call("metrics").expect(200);
    api.call("status").expect(200);
    return token;
  }

  private void registerAndChange(String token) {
    JsonObject first = document(Samples.aliased(0));
    JsonObject challenge =
        api.call("registerZone").token(token).body(first).expect(403).getJsonObject("challenge");
    served.published.put(
        DomainName.of(challenge.getString("name")), List.of(challenge.getString("text")));
    api.call("registerZone").token(token).body(first).expect(200);
    JsonObject second =
        document(
            new EnterpriseZone(
                "foobar",
                DomainName.of("lb.foobar.test"),
                DelegationForm.ALIASED,
                false,
                0,
                List.of(Samples.service(Samples.WWW))));
    api.call("registerZone").body(second.copy().put("dry-run", true)).expect(200);
    api.call("registerZone").body(second.copy().put("base", 9)).expect(409);
    api.call("registerZone").body(second).expect(200);
    api.call("registerZone").body(new JsonObject().put("document", "zone = 1")).expect(400);
    api.call("rollBackZone").body(new JsonObject().put("version", 9)).expect(404);
    api.call("rollBackZone").body(new JsonObject().put("version", 1).put("base", 1)).expect(409);
    api.call("rollBackZone").body(new JsonObject().put("version", 1)).expect(200);
    for (Operation each : description.operations()) {
      if (each.parameters().contains("path origin")) {
        String body = "{\"version\": 1}";
        api.call(each).path("origin", "not..one").body(each.hasBody() ? body : "").expect(400);
        api.call(each).path("origin", "other.test").body(each.hasBody() ? body : "").expect(404);
      }
    }
    api.call("showZone").expect(200);
    api.call("listZones").expect(200);
  }

  private void explain() {
    aNetwork();
    for (String query :
        List.of(
            "?resolver=10.0.0.1",
            "?resolver=10.0.0.1&subnet=100.0.0.0/24",
            "?resolver=11.0.0.1&down=lb-0",
            "?resolver=12.0.0.1&without=london",
            "?resolver=9.9.9.9",
            "?resolver=9.9.9.9&at=" + served.backbone.now(),
            "?resolver=10.0.0.1&at=" + served.backbone.now())) {
      for (DomainName name : List.of(Samples.WWW, Samples.SHOP, Ranked.SPREAD, Ranked.STANDBY)) {
        api.call("explain").path("name", name.toString()).query(query).expect(200);
      }
    }
    api.call("explain").query("").expect(400);
    api.call("explain").path("name", "www.example.org").expect(404);
  }

  /** Load balancers that are known in every way: announced, computed, located, by hash. */
  private void aNetwork() {
    Map<String, Grants.PrefixGrant> grants = new HashMap<>();
    for (int i = 0; i < 3; i++) {
      String id = "lb-" + i;
      grants.put(id, new Grants.PrefixGrant(List.of(EVERYWHERE), List.of(EVERYWHERE)));
      InetAddress address = InetAddress.ofLiteral("198.18.1." + (i + 1));
      Location location = i == 0 ? Samples.NEW_YORK : Samples.LONDON;
      balancers.add(new VirtualLoadBalancer(id, address, Optional.of(location), plane));
    }
    plane.grants(
        new Grants(
            grants,
            Map.of(
                "foobar", new Grants.ZoneGrant(List.of(DomainName.of("foobar.test")), "foobar"))));
    Policy byLoss =
        new Policy.Latency(
            Duration.ofMillis(5),
            Duration.ofMinutes(5),
            new Score.Download(Score.Download.USUAL_FLOOR));
    Policy turns = new Policy.Chain(byLoss, List.of(new Step.RoundRobin()));
    backbone.authority(
        plane,
        Samples.direct(
            new EnterpriseZone(
                "foobar",
                Samples.SHOP,
                DelegationForm.DELEGATED,
                false,
                1,
                List.of(Samples.service(Samples.SHOP, turns)))));
    backbone.authority(plane, Ranked.zone());
    plane.computedMap(
        new FallbackTable.Builder(2).computed(Prefix.parse("10.0.0.0/7"), List.of("lb-1")).build());
    plane.locations(
        new FallbackTable.Builder(2)
            .located(Prefix.parse("10.0.0.0/8"), Samples.TOKYO)
            .located(Prefix.parse("12.0.0.0/8"), Samples.TOKYO)
            .build());
    for (VirtualLoadBalancer each : balancers) {
      each.connect();
      each.announce(
          List.of(Prefix.parse("10." + each.id.charAt(3) + ".0.0/16")),
          List.of(Prefix.parse("100." + each.id.charAt(3) + ".0.0/16")));
    }
    pass(Duration.ofSeconds(3));
    InProcessServer dns = new InProcessServer(plane.mainCatalog());
    for (int i = 0; i < 3; i++) {
      for (DomainName name : List.of(Samples.WWW, Samples.SHOP)) {
        byte[] query = Backbone.query(name.toString(), Type.A, null).toWire();
        dns.ask(query, InetAddress.ofLiteral("10." + i + ".0.1"), Transport.UDP);
      }
    }
    pass(Duration.ofSeconds(3));
    measure(200, false);
    backbone.silent.add(balancers.getLast().address);
    pass(Duration.ofSeconds(60));
    measure(85, true);
    pass(Duration.ofSeconds(3));
  }

  /** Everybody sees London at 100 ms and Tokyo at this. */
  private void measure(double tokyo, boolean changing) {
    Map<ProbeTarget, SiteState> states = new HashMap<>();
    for (ProbeTarget target : targets()) {
      boolean london = target.address().getHostAddress().endsWith("1");
      Estimate estimate =
          new Estimate(
              london ? 100 : tokyo,
              london ? 0.001 : 0,
              0,
              3,
              backbone.now(),
              OptionalDouble.of(0.8),
              OptionalDouble.of(1_000_000),
              Duration.ofSeconds(30));
      states.put(target, new SiteState(Optional.of(estimate), Health.UP, false, changing));
    }
    balancers.forEach(it -> it.report(states));
  }

  private static List<ProbeTarget> targets() {
    Stream<Service> usual = Stream.of(Samples.service(Samples.WWW), Samples.service(Samples.SHOP));
    return Stream.concat(usual, Ranked.zone().services().stream())
        .flatMap(Service::targets)
        .toList();
  }

  private void pass(Duration time) {
    Duration step = Duration.ofMillis(100);
    for (Duration left = time; left.isPositive(); left = left.minus(step)) {
      backbone.advance(step);
      balancers.forEach(VirtualLoadBalancer::react);
    }
  }

  private void maintainKeysAndMembers() {
    api.call("makeKey").body(new JsonObject().put("name", "k.foobar.test")).expect(200);
    api.call("listKeys").expect(200);
    api.call("listEnterprises").expect(200);
    api.call("removeEnterprise").path("name", "foobar").expect(409);
    api.call("removeEnterprise").query("?with-zones=maybe").expect(400);
    api.call("removeKey").expect(200);
    api.call("removeKey").expect(404);
    api.call("removeKey").path("key", "not..one").expect(400);
    JsonObject member = new JsonObject().put("id", "b9").put("endpoint", "127.0.0.1:5809");
    api.call("addRegistryMember").body(member).expect(200);
    api.call("registryMembers").expect(200);
    api.call("removeRegistryMember").expect(200);
    api.call("removeRegistryMember").expect(400);
    api.call("audit").expect(200);
    api.call("audit").query("?after=1&wait=1").expect(200);
    api.call("audit").query("?after=x").expect(400);
  }

  private void rollSigningKeys() {
    EnterpriseZone plain = Samples.aliased(0);
    EnterpriseZone signed =
        new EnterpriseZone(
            "foobar", plain.origin(), plain.form(), true, 0, List.of(Samples.service(Samples.WWW)));
    api.call("registerZone").body(document(signed)).expect(200);
    pass(Duration.ofSeconds(5));
    int first = tag(api.call("listSigningKeys").expect(200).getJsonArray("zones").getJsonObject(0));
    JsonObject parent = new JsonObject().put("tags", new JsonArray().add(first));
    api.call("confirmSigningKeys").body(parent).expect(200);
    api.call("rollSigningKey").expect(200);
    api.call("rollSigningKey").expect(400);
    pass(Duration.ofSeconds(2));
    JsonObject rolling = api.call("listSigningKeys").expect(200);
    JsonObject second =
        new JsonObject().put("tag", tag(rolling.getJsonArray("zones").getJsonObject(0)));
    api.call("retireSigningKey").body(second).expect(200);
    api.call("forgetSigningKeys").expect(400);
    for (String id : List.of("rollSigningKey", "retireSigningKey", "confirmSigningKeys")) {
      String body = id.startsWith("retire") ? second.encode() : parent.encode();
      api.call(id).path("zone", "other.test").body(body).expect(404);
    }
  }

  private static int tag(JsonObject zone) {
    JsonArray keys = zone.getJsonArray("keys");
    return keys.getJsonObject(keys.size() - 1).getInteger("tag");
  }

  private void remove(String token) {
    backbone.log.away = true;
    api.call("removeZone").expect(503);
    backbone.log.away = false;
    api.call("removeZone").query("?base=99").expect(409);
    api.call("removeZone").query("?base=x").expect(400);
    api.call("removeZone").token(token).expect(200);
    api.call("zoneHistory").expect(200);
    api.call("listZones").expect(200);
  }

  private static JsonObject saying(String state) {
    return new JsonObject().put("pattern", "*/tokyo").put("state", state).put("why", "power");
  }

  private static JsonObject document(EnterpriseZone zone) {
    return new JsonObject().put("document", RegistrationDocument.render(zone));
  }
}
