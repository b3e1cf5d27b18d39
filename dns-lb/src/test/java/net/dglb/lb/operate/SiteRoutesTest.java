package net.dglb.lb.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.dglb.config.ConfigException;
import net.dglb.config.ConfigFile;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.node.AdminAnswer;
import net.dglb.node.AdminRequest;
import net.dglb.service.RegistrationDocument;
import net.dglb.service.Service;
import org.junit.jupiter.api.Test;

class SiteRoutesTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private final SiteRoutes routes =
      new SiteRoutes(
          new OperatorsWord(
              new SiteSayings(new HashMap<>(), () -> {}, () -> NOW, () -> {}),
              new NetworkSayingsKept(new HashMap<>(), () -> {}, () -> {})),
          () -> List.of(service()),
          () -> Set.of("dglb://lb/lb-1"),
          _ -> false);

  private static Service service() {
    try {
      String text =
          """
          registration {
            version = 1, enterprise = foobar, zone = www.foobar.example, form = delegated
            services { "www.foobar.example" { sites {
              tokyo { addresses = ["192.0.2.1"] }, osaka { addresses = ["192.0.2.2"] }
            } } }
          }
          """;
      return RegistrationDocument.read(ConfigFile.parse("zone.conf", text)).services().getFirst();
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }

  private AdminAnswer call(HttpMethod method, Optional<JsonObject> body) {
    return answer(method, new AdminRequest(Map.of(), body, "127.0.0.1:4711"));
  }

  private AdminAnswer answer(HttpMethod method, AdminRequest request) {
    return routes.all().stream()
        .filter(it -> it.method().equals(method))
        .findFirst()
        .orElseThrow()
        .answer()
        .apply(request)
        .join();
  }

  private AdminAnswer say(String pattern, String state) {
    JsonObject body = new JsonObject().put("pattern", pattern).put("state", state);
    return call(HttpMethod.POST, Optional.of(body.put("who", "ann").put("why", "works")));
  }

  @Test
  void refusesFromElsewhereWhoeverIsNoOperator() {
    JsonObject body = new JsonObject().put("pattern", "*/*").put("state", "down").put("why", "x");
    assertThat(from(new PeerIdentity(NodeRole.AUTHORITY, "foobar"), body).status()).isEqualTo(403);
    assertThat(call(HttpMethod.GET, Optional.empty()).body().getJsonArray("said")).isEmpty();
    assertThat(from(new PeerIdentity(NodeRole.LOAD_BALANCER, "lb-1"), body).status())
        .isEqualTo(200);
  }

  private AdminAnswer from(PeerIdentity peer, JsonObject body) {
    return answer(
        HttpMethod.POST,
        new AdminRequest(
            Map.of(), Optional.of(body), "192.0.2.7:4711", Optional.of(peer), Optional.empty()));
  }

  @Test
  void showsWhoSaidWhatWhyAndWhichSitesThatMeans() {
    AdminAnswer answer = say("*/*o", "drain");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().getJsonArray("matched"))
        .isEqualTo(new JsonArray().add("www.foobar.example/tokyo"));
    JsonObject said = call(HttpMethod.GET, Optional.empty()).body();
    assertThat(said.getJsonArray("said").getJsonObject(0))
        .isEqualTo(
            new JsonObject(
                """
                {"pattern": "*/*o", "state": "drain", "who": "ann (127.0.0.1:4711)",
                 "why": "works", "since": "2026-01-01T12:00:00Z",
                 "matches": ["www.foobar.example/tokyo"]}
                """));
  }

  @Test
  void tellsThatAPatternMatchesNothing() {
    assertThat(say("kyoto", "down").body().getJsonArray("matched")).isEmpty();
  }

  @Test
  void takesBackWhatWasSaid() {
    say("tokyo", "down");
    assertThat(say("tokyo", "probed").status()).isEqualTo(200);
    assertThat(call(HttpMethod.GET, Optional.empty()).body().getJsonArray("said")).isEmpty();
    assertThat(say("tokyo", "probed").status()).isEqualTo(404);
  }

  @Test
  void refusesACallThatLacksSomething() {
    assertThatThrownBy(() -> call(HttpMethod.POST, Optional.empty())).hasMessage("no body");
    assertThatThrownBy(
            () -> call(HttpMethod.POST, Optional.of(new JsonObject().put("pattern", "tokyo"))))
        .hasMessage("state: missing (expected a text)");
  }
}
