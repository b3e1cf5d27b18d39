package net.dglb.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the explain command asks, and what it makes of the answers. */
class ExplainCommandTest {

  private static final String SITES =
      """
      {"view": "%s", "A": {"site": "%s", "addresses": ["192.0.2.1"], "ttl": 300,
        "ttl-reason": "as the service says", "basis-reason": "fresh measurements",
        "margin": {"at-once-ms": 5.0, "lead-seconds": 120.0, "lead-by-loss-seconds": 600.0,
          "text": "a rival comes first at once if it is better by 5"},
        "shares": {"rome": 0.4, "tokyo": 0.6}, "shares-by": "prefix",
        "asker": {"text": "198.51.100.0/24 falls into slot 7 of 1000"},
        "steps": [{"step": 1, "kind": "within", "text": "at most 10 ms worse",
          "out": ["tokyo: worse by 20 ms"]}, {"step": 2, "kind": "shed", "text": "sheds", "out": []}],
        "order": [
          {"site": "%s", "address": "192.0.2.1", "reason": "lowest score", "health": "up",
           "score": 10.5, "latency-ms": 10.5, "loss": 0.0, "age-seconds": 4, "kilometres": 0,
           "terms": [{"term": "latency", "value": 10.5, "unit": "ms", "weight": 1.0,
             "contribution": 10.5, "of-losses": 0.5},
             {"term": "cost", "value": 2.0, "unit": "", "weight": 3.0, "contribution": 6.0}],
           "shed": {"load": 0.8, "share": 0.5, "here": true}},
          {"site": "tokyo", "address": "192.0.2.3", "reason": "down", "health": "down",
           "failures": [{"at": "2026-01-01T00:00:00Z", "outcome": "refused", "detail": "no"}]}]}}
      """;

  private static final String BACKBONE =
      """
      {"name": "www.foobar.example", "resolver": "198.51.100.7", "node": "b1",
       "at": "2026-01-01T00:00:00Z",
       "match": {"table": "resolver-prefixes", "prefix": "198.51.100.0/24", "scope": 0,
         "scope-reason": "none", "next": [{"table": "hash", "block": 7}],
         "announced-by": [{"load-balancer": "lb-nyc", "version": "1.4",
           "announced-at": "2025-12-30T12:00:00Z",
           "known-since": "2025-12-31T00:00:00Z"}]},
       "load-balancers": {"chosen": "lb-nyc", "reason": "announced the prefix", "order": [
         {"id": "lb-nyc", "why": "announced the prefix", "reason": "in service"}]},
       "referral": {"label": "lb-nyc.www.lb.foobar.example", "ttl": 3600, "ttl-reason": "usual",
         "name-server-ttl": 3600, "name-server-ttl-reason": "usual", "left-out": [],
         "name-servers": [{"id": "lb-nyc", "role": "own", "addresses": ["203.0.113.1"],
           "reason": "answers"}]},
       "answers": %s}
      """
          .formatted(SITES.formatted("backbone node b1", "paris", "paris"));

  private static final String LOAD_BALANCER =
      """
      {"node": "lb-nyc", "at": "2026-01-01T00:00:00Z", "labels": [
        {"label": "lb-nyc.www.lb.foobar.example", "answers": %s}]}
      """
          .formatted(SITES.formatted("measured here", "newyork", "newyork"));

  private final List<String> asked = new ArrayList<>();
  private String backbone = BACKBONE;

  @Test
  void tellsTheWayAndWhatTheLoadBalancerItselfAnswers() throws IOException {
    CommandLineRun run = run(true);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(asked)
        .containsExactly(
            "/explain/www.foobar.example?resolver=198.51.100.7",
            "/explain/lb-nyc.www.lb.foobar.example?resolver=198.51.100.7");
    assertThat(run.out())
        .contains(
            "resolver prefix 198.51.100.0/24, announced by lb-nyc at 2025-12-30T12:00:00Z"
                + " (version 1.4, known here since 2025-12-31T00:00:00Z)",
            "without that: no table knows the resolver: block 7",
            "lb-nyc: measured here",
            "A 192.0.2.1 for 300 s, as the service says; by fresh measurements",
            "* newyork  192.0.2.1  10.5   10.5 ms  0.0   4 s  up      0   lowest score",
            "shared by prefix: rome 0.4, tokyo 0.6",
            "198.51.100.0/24 falls into slot 7 of 1000",
            "a rival comes first at once if it is better by 5",
            "step 1, within: at most 10 ms worse; took out tokyo: worse by 20 ms\n",
            "step 2, shed: sheds\n",
            "score of newyork: latency 10.5 ms (0.5 of losses) x 1.0 = 10.5 + cost 2.0 x 3.0 = 6.0",
            "newyork gives up 0.5 of the prefixes at a load of 0.8, this one among them",
            "failed at tokyo: 2026-01-01T00:00:00Z, refused no")
        .doesNotContain("paris");
  }

  @Test
  void whoDidNotSayWhenItAnnouncedIsNotMadeToSaySo() throws IOException {
    backbone = BACKBONE.replace("\"announced-at\": \"2025-12-30T12:00:00Z\",", "");

    assertThat(run(false).out()).contains("announced by lb-nyc (version 1.4, known here since");
  }

  @Test
  void withoutALoadBalancerToAskTheBackboneNodesViewIsToldAsSuch() throws IOException {
    CommandLineRun run = run(false);

    assertThat(run.out()).contains("backbone node b1", "* paris").doesNotContain("newyork");
  }

  @Test
  void whatIsSupposedAndAMomentOfThePastAreAskedFor() throws IOException {
    run(true, "--down", "lb-nyc", "--without", "paris", "--subnet", "10.1.0.0/16");
    run(true, "--at", "10m");

    assertThat(asked)
        .containsExactly(
            "/explain/www.foobar.example?resolver=198.51.100.7&subnet=10.1.0.0/16&down=lb-nyc"
                + "&without=paris",
            "/explain/lb-nyc.www.lb.foobar.example?resolver=198.51.100.7&subnet=10.1.0.0/16"
                + "&without=paris",
            "/explain/www.foobar.example?resolver=198.51.100.7&at=2026-05-31T23:50:00Z",
            "/explain/lb-nyc.www.lb.foobar.example?resolver=198.51.100.7&at=2026-05-31T23:50:00Z");
  }

  @Test
  void whatALoadBalancerAnsweredItAloneTells() throws IOException {
    JsonObject tree = new JsonObject(BACKBONE);
    tree.remove("answers");
    backbone = tree.encode();

    CommandLineRun run = run(false, "--at", "10m");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("no load balancer tells of the past", "--lb-admin");
  }

  @Test
  void wrongValuesAreNamed() throws IOException {
    assertThat(run(false, "--at", "yesterday").err()).contains("time: yesterday (expected such as");
    assertThat(run(false, "--subnet", "10.1.0.0/8").exitCode()).isEqualTo(2);
    for (String supposed : List.of("--without", "--down")) {
      CommandLineRun both = run(true, "--at", "10m", supposed, "paris");
      assertThat(both.exitCode()).isEqualTo(2);
      assertThat(both.err()).contains(supposed + ": not together with --at (expected one of");
    }
    assertThat(asked).isEmpty();
  }

  @Test
  void jsonHasEverything() throws IOException {
    JsonObject tree = new JsonObject(run(true, "--json").out());

    assertThat(tree.getJsonObject("answers").getJsonObject("A").getString("site"))
        .isEqualTo("paris");
    assertThat(tree.getJsonObject("load-balancer").getString("node")).isEqualTo("lb-nyc");
  }

  @Test
  void aDirectServiceIsTheBackbonesOwnAnswer() throws IOException {
    backbone = BACKBONE.replaceFirst("\\{", "{\"mode\": \"direct\", ");
    CommandLineRun run = run(true);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(asked).as("no load balancer is asked").hasSize(1);
    assertThat(run.out())
        .contains("direct          the backbone answers itself", "backbone node b1", "* paris")
        .doesNotContain("CNAME", "newyork");
  }

  @Test
  void ofThePastOfADirectServiceTheBackboneTellsWhenItWasDecidedAndWhichWayIsShown()
      throws IOException {
    backbone =
        BACKBONE
            .replace(", \"version\": \"1.4\",", "")
            .replace("\"announced-at\": \"2025-12-30T12:00:00Z\",", "")
            .replace("\"known-since\": \"2025-12-31T00:00:00Z\"", "")
            .replaceFirst(
                "\\{",
                """
                {"mode": "direct", "way": {"known": true, "text": "the way is that of then"},
                 "decided": "2025-12-31T20:00:00Z", "values-of": "2025-12-31T23:00:00Z",
                 "reaches-back-to": "2025-12-01T00:00:00Z",
                """);
    CommandLineRun run = run(false, "--at", "10m");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains(
            "way             the way is that of then",
            "198.51.100.0/24, announced by lb-nyc\n",
            "as of 2026-01-01T00:00:00Z, decided at 2025-12-31T20:00:00Z, values of"
                + " 2025-12-31T23:00:00Z; changes are known since 2025-12-01T00:00:00Z",
            "* paris");
  }

  @Test
  void anAnswerByEstimateIsTheBackbonesOwnAndHasNeitherLoadBalancerNorReferral()
      throws IOException {
    JsonObject tree = new JsonObject(BACKBONE);
    tree.remove("load-balancers");
    tree.remove("referral");
    tree.put(
        "unmeasured-place",
        new JsonObject()
            .put("latitude", 36.0)
            .put("longitude", 140.0)
            .put("answered-by-estimate", true)
            .put("text", "nobody measures there"));
    backbone = tree.encode();
    CommandLineRun run = run(true);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(asked).as("no load balancer is asked").hasSize(1);
    assertThat(run.out())
        .contains(
            "place           near 36, 140: nobody measures there",
            "estimate        the backbone answers itself",
            "* paris")
        .doesNotContain("CNAME", "newyork");
  }

  private CommandLineRun run(boolean loadBalancer, String... more) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().toString();
          asked.add(path);
          byte[] bytes =
              (path.startsWith("/explain/www") ? backbone : LOAD_BALANCER)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    String admin = "127.0.0.1:" + server.getAddress().getPort();
    try {
      List<String> line =
          new ArrayList<>(
              List.of(
                  "explain", "www.foobar.example", "--resolver", "198.51.100.7", "--admin", admin));
      if (loadBalancer) {
        line.addAll(List.of("--lb-admin", admin));
      }
      line.addAll(Arrays.asList(more));
      return CommandLineRun.of(line.toArray(String[]::new));
    } finally {
      server.stop(0);
    }
  }
}
