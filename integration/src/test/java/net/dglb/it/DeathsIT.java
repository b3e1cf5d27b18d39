package net.dglb.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Kills parts of a running network and asks on through real resolvers, one of each family. Whatever
 * a test killed is started again before the next; the order is the one that leaves the least to
 * start and to measure anew.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeathsIT {

  private static final Duration REFERRAL_TTL = Duration.ofSeconds(2);

  /** What resolvers keep has been asked for anew by then, twice. */
  private static final Duration TWO_TTLS = REFERRAL_TTL.multipliedBy(2);

  /** The lab's {@code labels.lost-after}, and then two TTLs. */
  private static final Duration LOST_AND_TWO_TTLS = TWO_TTLS.plusSeconds(6);

  private static final Duration ANSWER_TTL = Duration.ofSeconds(1);

  /** What a busy machine may add to a time that is reckoned from intervals: a factor. */
  private static final int SLACK = 3;

  private LabRun lab;
  private JsonObject entry;
  private final List<RealResolver> resolvers = new ArrayList<>();
  private List<String> questions;

  @BeforeAll
  void startTheLab() {
    Tool.requireNamespaces();
    Tool.require("dig", "unbound", "named");
    lab =
        LabRun.start(
            "--ttl-answer",
            ANSWER_TTL.toSeconds() + "s",
            "--ttl-referral",
            REFERRAL_TTL.toSeconds() + "s");
    entry = lab.entries("resolvers").getFirst();
    questions = lab.entries("services").stream().map(s -> s.getString("question")).toList();
  }

  @BeforeEach
  void everythingRunsAndResolversKnowNothing() {
    lab.entries("nodes").stream()
        .filter(node -> node.getLong("pid") == null)
        .forEach(node -> lab.lab("start", node.getString("id")));
    for (JsonObject resolver : lab.entries("resolvers")) {
      awaitOwnReferrals(resolver);
    }
    Chain.awaitBestSites(lab);
    startResolvers();
  }

  @AfterEach
  void stopResolvers() {
    resolvers.forEach(RealResolver::close);
    resolvers.clear();
  }

  @AfterAll
  void stopTheLab() {
    if (lab != null) {
      lab.close();
    }
  }

  /** Unbound over IPv4 and BIND over IPv6, beside the same load balancer. */
  private void startResolvers() {
    resolvers.forEach(RealResolver::close);
    resolvers.clear();
    resolvers.add(RealResolver.start(lab, RealResolver.Kind.UNBOUND, Chain.address(entry, "A")));
    resolvers.add(RealResolver.start(lab, RealResolver.Kind.BIND, Chain.address(entry, "AAAA")));
  }

  @Order(4)
  @Test
  void aSiteThatIsDeadOrTakenOutOrSlowLosesItsClientsAndTheDeadOneComesBack() {
    List<JsonObject> order = Chain.sitesFrom(lab, entry.getString("city"));
    aDeadSiteIsLeftOutAndComesBack(order);
    operatorsWordsReachEveryLoadBalancer(order);
    aSlowSiteIsLeft(order);
  }

  private void aDeadSiteIsLeftOutAndComesBack(List<JsonObject> order) {
    String best = Chain.address(order.get(0), "A");
    assertRight("before", best);

    SiteCheck check = SiteCheck.of(lab);
    Duration bound = check.noticedAfter().multipliedBy(SLACK).plus(ANSWER_TTL);
    System.out.printf(
        "%s: a dead site is noticed within %.1f s, %d times that and one answer's TTL are %.1f s%n",
        check, check.noticedAfter().toMillis() / 1e3, SLACK, bound.toMillis() / 1e3);
    lab.lab("kill", order.getFirst().getString("id"));
    long killed = System.nanoTime();
    for (JsonObject balancer : loadBalancers()) {
      String label = balancer.getString("id") + "." + service(0);
      awaitNoErrors(
          "an answer of " + label + " without the dead site",
          bound,
          () -> isAnsweredWithout(best, askDirectly(balancer, label)));
    }
    print("every load balancer answers without the dead site after %.1f s", killed);
    String second = Chain.address(order.get(1), "A");
    awaitNoErrors("the next best site at the resolvers", bound, () -> everyResolverGives(second));
    print("both resolvers give the next best site after %.1f s", killed);
    assertThat(Duration.ofNanos(System.nanoTime() - killed)).as("in all").isLessThan(bound);

    long started = System.nanoTime();
    lab.lab("start", order.getFirst().getString("id"));
    awaitNoErrors("the best site again", Duration.ofSeconds(60), () -> everyResolverGives(best));
    print("both resolvers give the returned site after %.1f s", started);
    Chain.awaitBestSites(lab);
  }

  private void aSlowSiteIsLeft(List<JsonObject> order) {
    lab.lab("slow", order.getFirst().getString("id"), "900");
    long slowed = System.nanoTime();
    String second = Chain.address(order.get(1), "A");
    awaitNoErrors("the next best site", Duration.ofSeconds(90), () -> everyResolverGives(second));
    print("both resolvers leave the slow site after %.1f s", slowed);
  }

  /** Said at a backbone node for all, and at one load balancer for that one, above the others. */
  private void operatorsWordsReachEveryLoadBalancer(List<JsonObject> order) {
    String own = entry.getString("beside");
    String best = "*/" + order.getFirst().getString("id");
    String last = "*/" + order.getLast().getString("id");
    Map<String, List<String>> probed = labelsAnswers();
    Map<String, List<String>> onlyLast = new HashMap<>(probed);
    onlyLast.replaceAll((_, _) -> List.of(Chain.address(order.getLast(), "A")));
    Map<String, List<String>> ownIsFree = new HashMap<>(onlyLast);
    ownIsFree.put(own, probed.get(own));
    say("down", "*/*", "b1");
    say("up", last, "b2");
    awaitAnswers(onlyLast);
    say("up", best, own);
    awaitAnswers(ownIsFree);
    say("drain", best, own);
    awaitAnswers(onlyLast);
    say("probed", best, own);
    say("probed", last, "b1");
    say("probed", "*/*", "b2");
    awaitAnswers(probed);
  }

  private void say(String state, String pattern, String node) {
    lab.dglb("site", state, pattern, "--why", "a test", "--node", node);
  }

  /** What each load balancer answers of its own label. */
  private Map<String, List<String>> labelsAnswers() {
    Map<String, List<String>> answers = new HashMap<>();
    for (JsonObject node : loadBalancers()) {
      String id = node.getString("id");
      answers.put(id, askDirectly(node, id + "." + service(0)).answers());
    }
    return answers;
  }

  private void awaitAnswers(Map<String, List<String>> wanted) {
    awaitNoErrors(
        "answers " + wanted, Duration.ofSeconds(30), () -> labelsAnswers().equals(wanted));
  }

  @Order(2)
  @Test
  void killedLoadBalancersAreReplacedWithoutAFailureUntilOneIsLeftAndThenNone() {
    String best = Chain.best(lab, entry, "A");
    askAll();
    String own = entry.getString("beside");
    kill(own);
    stayRight("after " + own + " was killed", best, LOST_AND_TWO_TTLS);
    everyBackboneNodeRefersTo(own);
    List<String> others =
        loadBalancers().stream()
            .map(node -> node.getString("id"))
            .filter(id -> !id.equals(own))
            .toList();
    kill(others.getFirst());
    stayRight("with one load balancer left", best, LOST_AND_TWO_TTLS);
    everyBackboneNodeRefersTo(own);
    kill(others.get(1));
    stayAnswered("with no load balancer left", LOST_AND_TWO_TTLS);
    lab.lab("start", own);
    awaitNoErrors(
        "the label address hands over to the returned load balancer",
        Duration.ofSeconds(90),
        () -> referral(lab.entry("nodes", "id", "b1"), own).text().contains(own + ".ns."));
    stayAnswered("after " + own + " came back", REFERRAL_TTL);
  }

  @Order(1)
  @Test
  void aLoadBalancerThatLeavesInOrderGoesOnAnsweringAndNobodySeesAFailure() {
    String best = Chain.best(lab, entry, "A");
    askAll();
    String own = entry.getString("beside");
    JsonObject node = lab.entry("nodes", "id", own);
    String label = own + "." + service(0);
    long stopped = System.nanoTime();
    Thread stop = Thread.ofVirtual().start(() -> lab.lab("stop", own));
    int served = 0;
    while (System.nanoTime() - stopped < TWO_TTLS.toNanos()) {
      Dig.Reply reply = askDirectly(node, label);
      assertThat(reply.status()).as(reply.text()).isEqualTo("NOERROR");
      assertThat(reply.answers()).as(reply.text()).containsExactly(best);
      askAll();
      served++;
    }
    System.out.printf("leaving: %d right answers within the TTLs of CNAME and referral%n", served);
    stayAnswered("after it left", TWO_TTLS);
    Awaitility.await("the stop command")
        .atMost(Duration.ofSeconds(60))
        .until(() -> !stop.isAlive());
  }

  @Order(3)
  @Test
  void backboneNodesDieOneByOneAndWhoeverIsLeftServesFromItsMapAndThenFromItsJournalAlone() {
    String best = Chain.best(lab, entry, "A");
    askAll();
    kill("b1");
    stayRight("with b1 dead", best, TWO_TTLS);
    startsAgain("b1");
    kill("b2");
    stayRight("with only the restarted b1", best, TWO_TTLS);
    kill("b1");
    startsAgain("b1");
    stayRight("without the other backbone node", best, TWO_TTLS);
    loadBalancers().forEach(node -> kill(node.getString("id")));
    kill("b1");
    startsAgain("b1");
    startResolvers();
    stayRight("alone, without any load balancer", best, TWO_TTLS);
  }

  private void startsAgain(String backbone) {
    long started = System.nanoTime();
    lab.lab("start", backbone);
    awaitReferralFrom(backbone);
    print(backbone + " refers again after %.1f s", started);
  }

  private List<JsonObject> loadBalancers() {
    return lab.entries("nodes").stream()
        .filter(node -> node.getString("role").equals("lb"))
        .toList();
  }

  private void awaitReferralFrom(String backbone) {
    JsonObject node = lab.entry("nodes", "id", backbone);
    awaitNoErrors(
        backbone + " gives the alias for the resolver",
        Duration.ofSeconds(60),
        () ->
            Chain.alias(lab, node, service(0), Chain.address(entry, "A"))
                .equals(labelOf(entry.getString("beside"))));
  }

  /** The chain from beside a load balancer leads to it, whichever backbone node is asked. */
  private void awaitOwnReferrals(JsonObject resolver) {
    String own = resolver.getString("beside");
    for (JsonObject node : lab.entries("nodes")) {
      if (node.getString("role").equals("backbone")) {
        awaitNoErrors(
            node.getString("id") + " refers to " + own,
            Duration.ofSeconds(90),
            () ->
                Chain.alias(lab, node, service(0), Chain.address(resolver, "A"))
                        .equals(labelOf(own))
                    && referral(node, own).text().contains(own + ".ns."));
      }
    }
  }

  private void everyBackboneNodeRefersTo(String loadBalancer) {
    assertThat(Chain.aliases(lab, service(0), Chain.address(entry, "A")))
        .hasSize(2)
        .allSatisfy((node, alias) ->
            assertThat(alias).as("the alias at %s", node).isEqualTo(labelOf(loadBalancer)));
  }

  private List<String> labelOf(String loadBalancer) {
    return List.of(loadBalancer + "." + service(0) + ".");
  }

  private Dig.Reply referral(JsonObject node, String loadBalancer) {
    String label = loadBalancer + "." + service(0);
    return Dig.ask(
        lab,
        Chain.address(node, "A"),
        node.getInteger("port"),
        label,
        "A",
        "+norecurse",
        "+authority");
  }

  private static boolean isAnsweredWithout(String address, Dig.Reply reply) {
    return reply.status().equals("NOERROR")
        && !reply.answers().isEmpty()
        && !reply.answers().contains(address);
  }

  private void kill(String id) {
    lab.lab("kill", id);
  }

  private String service(int index) {
    return lab.entries("services").get(index).getString("name");
  }

  private Dig.Reply askDirectly(JsonObject node, String name) {
    return Dig.ask(lab, Chain.address(node, "A"), node.getInteger("port"), name, "A", "+norecurse");
  }

  private void askAll() {
    for (RealResolver resolver : resolvers) {
      questions.forEach(question -> resolver.addresses(question, "A"));
    }
  }

  private boolean everyResolverGives(String site) {
    return resolvers.stream()
        .allMatch(it -> it.addresses(questions.getFirst(), "A").equals(List.of(site)));
  }

  private void assertRight(String when, String best) {
    for (RealResolver resolver : resolvers) {
      for (String question : questions) {
        assertThat(resolver.addresses(question, "A"))
            .as("%s at %s, %s", question, resolver, when)
            .containsExactly(best);
      }
    }
  }

  private void stayRight(String when, String best, Duration time) {
    int answers = whileTime(time, () -> assertRight(when, best));
    System.out.printf("%s: %d rounds of right answers in %d s%n", when, answers, time.toSeconds());
  }

  private void stayAnswered(String when, Duration time) {
    Map<String, Integer> seen = new HashMap<>();
    whileTime(
        time,
        () -> {
          for (RealResolver resolver : resolvers) {
            for (String question : questions) {
              resolver.addresses(question, "A").forEach(a -> seen.merge(a, 1, Integer::sum));
            }
          }
        });
    System.out.printf("%s: answers %s in %d s%n", when, seen, time.toSeconds());
  }

  private static int whileTime(Duration time, Runnable step) {
    long start = System.nanoTime();
    int steps = 0;
    while (System.nanoTime() - start < time.toNanos()) {
      step.run();
      steps++;
    }
    return steps;
  }

  private static void awaitNoErrors(String what, Duration atMost, BooleanSupplier condition) {
    Awaitility.await(what)
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(50))
        .until(condition::getAsBoolean);
  }

  private static void print(String text, long sinceNanos) {
    System.out.printf(text + "%n", (System.nanoTime() - sinceNanos) / 1e9);
  }
}
