package net.dglb.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.dglb.identity.NodeRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/**
 * Unbound and BIND, which trust the root's key and nothing else, go on validating while the keys of
 * an authority's zone, of two zones of the backbone, of its own one and of a label follow each
 * other. All that resolvers may keep is short here, so that they ask anew in every state.
 */
class KeyRollsIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(150);

  /** What is asked all the time, of each zone whose key is rolled, with what has to come. */
  private static final List<String> QUESTIONS =
      List.of(
          "foobar.test TXT an enterprise",
          "www.foobar.test A 127.0.0.1",
          "www.foobar.test HTTPS h2",
          "www.lb.foobar.test A 127.0.0.1",
          "none.lb.foobar.test A -",
          "lb.foobar.test SOA b1.dglb.test",
          "shop.foobar.test A 127.0.0.1",
          "shop.foobar.test AAAA -",
          "shop.foobar.test MX -",
          "shop.foobar.test HTTPS h2",
          "lb-nyc.www.lb.foobar.test TXT -",
          "dglb.test NS b1.dglb.test",
          "b1.dglb.test A 127.0.0.1",
          "none.dglb.test A -");

  private static final String OWN = "foobar.test";
  private static final String BACKBONES = "dglb.test";
  private static final String LABELS = "lb-nyc";

  private static final Map<String, NodeRole> ROLLED =
      Map.of(
          OWN,
          NodeRole.AUTHORITY,
          BACKBONES,
          NodeRole.BACKBONE,
          "lb.foobar.test",
          NodeRole.BACKBONE,
          "shop.foobar.test",
          NodeRole.BACKBONE,
          LABELS,
          NodeRole.LOAD_BALANCER);

  private final Map<String, Set<String>> states = new HashMap<>();
  private final Map<String, Integer> first = new HashMap<>();
  private final Set<Integer> confirmed = new HashSet<>();

  @Test
  void realResolversValidateAtEveryMomentOfEveryRoll(@TempDir Path folder) throws Exception {
    Tool.require("unbound", "named");
    try (ShortLivedNetwork network = new ShortLivedNetwork(folder);
        LoopbackResolver unbound = LoopbackResolver.unbound(folder, network.zones());
        LoopbackResolver bind = LoopbackResolver.bind(folder, network.zones())) {
      List<LoopbackResolver> resolvers = List.of(unbound, bind);
      await("everything is secure")
          .atMost(PATIENCE)
          .pollInterval(LOOK)
          .untilAsserted(() -> {
            ROLLED.keySet().forEach(zone -> help(network, zone));
            resolvers.forEach(KeyRollsIT::assertSecure);
          });
      for (String zone : ROLLED.keySet()) {
        assertThat(newest(network, zone).getString("state")).as(zone).isEqualTo("active");
        first.put(zone, newest(network, zone).getInteger("tag"));
        network.post(role(zone), "/keys/" + zone + "/roll", new JsonObject());
      }

      await("every key is rolled")
          .atMost(PATIENCE)
          .pollInterval(LOOK)
          .until(() -> {
            resolvers.forEach(KeyRollsIT::assertSecure);
            for (String zone : ROLLED.keySet()) {
              note(network, zone);
              help(network, zone);
            }
            return ROLLED.keySet().stream().allMatch(zone -> isOver(network, zone));
          });
      for (String zone : ROLLED.keySet()) {
        assertThat(states.get(zone))
            .as(zone)
            .contains("introduced", "published", "active", "retired", "withdrawn");
      }
    }
  }

  private static NodeRole role(String zone) {
    return ROLLED.getOrDefault(zone, NodeRole.AUTHORITY);
  }

  /** No SERVFAIL, and everything validated. */
  private static void assertSecure(LoopbackResolver resolver) {
    for (String question : QUESTIONS) {
      String[] words = question.split(" ", 3);
      Message answer = resolver.ask(words[0], words[1]);
      String what = resolver + ", " + question + ":\n" + answer;
      assertThat(answer.getRcode()).as(what).isIn(Rcode.NOERROR, Rcode.NXDOMAIN);
      assertThat(answer.getHeader().getFlag(Flags.AD)).as("AD of " + what).isTrue();
      if (words[2].equals("-")) {
        assertThat(answer.getSection(Section.ANSWER)).as(what).isEmpty();
      } else {
        assertThat(answer.getSection(Section.ANSWER).toString()).as(what).contains(words[2]);
      }
    }
  }

  private static List<JsonObject> keys(ShortLivedNetwork network, String zone) {
    JsonArray zones = network.get(role(zone), "/keys").getJsonArray("zones");
    JsonArray keys =
        IntStream.range(0, zones.size())
            .mapToObj(zones::getJsonObject)
            .filter(it -> it.getString("zone").equals(zone))
            .findFirst()
            .orElseThrow(() -> new AssertionError(zone + " is not among " + zones))
            .getJsonArray("keys");
    return IntStream.range(0, keys.size()).mapToObj(keys::getJsonObject).toList();
  }

  private static JsonObject newest(ShortLivedNetwork network, String zone) {
    return keys(network, zone).getLast();
  }

  private static void confirm(ShortLivedNetwork network, String zone, JsonObject key) {
    network.post(
        role(zone),
        "/keys/" + zone + "/parent",
        new JsonObject().put("tags", new JsonArray().add(key.getInteger("tag"))));
  }

  private void note(ShortLivedNetwork network, String zone) {
    states
        .computeIfAbsent(zone, _ -> new HashSet<>())
        .addAll(
            keys(network, zone).stream()
                .map(key -> key.getString("state"))
                .collect(Collectors.toSet()));
  }

  /** Does what operators and registries do: the DS record at the parent, and the word of it. */
  private void help(ShortLivedNetwork network, String zone) {
    JsonObject key = newest(network, zone);
    if (zone.equals(LABELS) || !key.getString("state").equals("announced")) {
      return;
    }
    if (zone.equals(OWN) || zone.equals(BACKBONES)) {
      network.putAtRoot(zone, key.getString("ds"));
    }
    boolean there =
        network.askAuthority(zone, "DS").getSection(Section.ANSWER).stream()
            .filter(DSRecord.class::isInstance)
            .anyMatch(ds -> ((DSRecord) ds).getFootprint() == key.getInteger("tag"));
    if (there && confirmed.add(key.getInteger("tag"))) {
      confirm(network, zone, key);
    }
  }

  private boolean isOver(ShortLivedNetwork network, String zone) {
    List<JsonObject> keys = keys(network, zone);
    return keys.size() == 1 && !keys.getFirst().getInteger("tag").equals(first.get(zone));
  }
}
