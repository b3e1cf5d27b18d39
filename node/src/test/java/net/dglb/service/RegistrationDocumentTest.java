package net.dglb.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.config.ConfigException;
import net.dglb.config.ConfigFile;
import net.dglb.config.ConfigProblem;
import net.dglb.net.DomainName;
import net.dglb.net.Location;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistrationDocumentTest {

  static final String ALIASED =
      """
      registration {
        version = 1
        enterprise = foobar
        zone = lb.foobar.test
        form = aliased
        dnssec = true
        services {
          "www.lb.foobar.test" {
            aliases = ["www.foobar.test"]
            mode = answer
            check { kind = https, port = 8443, path = "/up?x=1", host = "h.foobar.test", interval = 10s, timeout = 2s, rise = 1, fall = 4, accept = ["200", "301-302"] }
            policy { kind = latency, margin = 1500us, time-constant = 90s }
            ttl { delegation = 2d, referral = 30m, answer = 60s }
            probe-cap-per-second = 0.5
            sites {
              frankfurt { addresses = ["192.0.2.1", "2001:db8::1"], latitude = 50.1, longitude = 8.7, cost = 2, capacity = 900, weight = 3 }
              tokyo { addresses = ["192.0.2.2"] }
            }
          }
        }
      }
      """;

  static final String SMALLEST =
      """
      registration {
        version = 1
        enterprise = foobar
        zone = www.foobar.test
        form = delegated
        services { "www.foobar.test" { sites { here { addresses = ["192.0.2.1"] } } } }
      }
      """;

  static EnterpriseZone read(String text) throws ConfigException {
    return RegistrationDocument.read(ConfigFile.parse("zone.conf", text));
  }

  @Test
  void readsEveryKey() throws ConfigException {
    EnterpriseZone zone = read(ALIASED);
    Service service = zone.services().getFirst();
    assertThat(zone.enterprise()).isEqualTo("foobar");
    assertThat(zone.origin()).isEqualTo(DomainName.of("lb.foobar.test"));
    assertThat(zone.form()).isEqualTo(DelegationForm.ALIASED);
    assertThat(zone.dnssec()).isTrue();
    assertThat(zone.version()).isZero();
    assertThat(service.aliases()).containsExactly(DomainName.of("www.foobar.test"));
    assertThat(service.mode()).isEqualTo(Mode.ANSWER);
    assertThat(service.probeCapPerSecond()).isEqualTo(0.5);
    assertThat(service.check())
        .isEqualTo(
            new HealthCheck(
                HealthCheck.Kind.HTTPS,
                8443,
                "/up?x=1",
                "h.foobar.test",
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                1,
                4,
                List.of(new StatusRange(200, 200), new StatusRange(301, 302))));
    assertThat(service.policy())
        .isEqualTo(new Policy.Latency(Duration.ofNanos(1_500_000), Duration.ofSeconds(90)));
    assertThat(service.ttls())
        .isEqualTo(new Ttls(Duration.ofDays(2), Duration.ofMinutes(30), Duration.ofMinutes(1)));
    assertThat(service.sites())
        .containsExactly(
            new Site(
                "frankfurt",
                List.of(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1")),
                Optional.of(new Location(50.1, 8.7)),
                2,
                Map.of(),
                900,
                3),
            new Site("tokyo", List.of(InetAddress.ofLiteral("192.0.2.2")), Optional.empty()));
  }

  @Test
  void fillsInWhatTheSmallestDocumentLeavesOut() throws ConfigException {
    Service service = read(SMALLEST).services().getFirst();
    assertThat(service.mode()).isEqualTo(Mode.ANSWER);
    assertThat(service.check())
        .isEqualTo(
            new HealthCheck(
                HealthCheck.Kind.HTTP,
                80,
                "/",
                "www.foobar.test",
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                2,
                6,
                List.of(new StatusRange(200, 399))));
    assertThat(service.policy())
        .isEqualTo(new Policy.Latency(Duration.ofMillis(5), Duration.ofMinutes(5)));
    assertThat(service.ttls())
        .isEqualTo(new Ttls(Duration.ofDays(1), Duration.ofHours(1), Duration.ofMinutes(5)));
    assertThat(service.probeCapPerSecond()).isZero();
  }

  @Test
  void letsASignedZoneBeAServiceThatIsAnsweredDirectly() throws ConfigException {
    String text =
        SMALLEST
            .replace("form = delegated", "form = delegated, dnssec = true")
            .replace("{ sites", "{ mode = direct, sites");
    EnterpriseZone zone = read(text);
    assertThat(zone.dnssec()).isTrue();
    assertThat(zone.services().getFirst().mode()).isEqualTo(Mode.DIRECT);
  }

  @Test
  void asksSitesForTheFirstAliasUnlessAHostIsGiven() throws ConfigException {
    String text = ALIASED.replace("host = \"h.foobar.test\", ", "");
    assertThat(read(text).services().getFirst().check().host()).isEqualTo("www.foobar.test");
  }

  @Test
  void halvesAShortIntervalForTheTimeout() throws ConfigException {
    String text = ALIASED.replace("interval = 10s, timeout = 2s", "interval = 3s");
    assertThat(read(text).services().getFirst().check().timeout())
        .isEqualTo(Duration.ofMillis(1500));
  }

  @Test
  void readsBackWhatItRenders() throws ConfigException {
    for (String text : List.of(ALIASED, SMALLEST, ALIASED.replace("\"/up?x=1\"", "\"/q\\\"u\""))) {
      EnterpriseZone zone = read(text);
      assertThat(read(RegistrationDocument.render(zone))).isEqualTo(zone);
    }
  }

  @Test
  void readsBackWhatBecomesOfResolversThatNobodyAnnounced() throws ConfigException {
    EnterpriseZone usual = read(ALIASED);
    assertThat(usual.services().getFirst().unannounced()).isEqualTo(Unannounced.ANSWER);
    assertThat(usual.services().getFirst().answersUnannounced()).isTrue();

    EnterpriseZone zone = read(ALIASED.replace("mode = answer", "unannounced = refer"));
    assertThat(zone.services().getFirst().answersUnannounced()).isFalse();
    assertThat(read(RegistrationDocument.render(zone))).isEqualTo(zone);

    EnterpriseZone direct = read(SMALLEST.replace("{ sites", "{ mode = direct, sites"));
    assertThat(direct.services().getFirst().answersUnannounced()).isTrue();
    assertThat(read(RegistrationDocument.render(direct))).isEqualTo(direct);
  }

  @Test
  void aServiceThatIsAlwaysAnsweredByTheBackboneCannotReferAnybody() {
    assertThatThrownBy(
            () -> read(SMALLEST.replace("{ sites", "{ mode = direct, unannounced = refer, sites")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("zone.conf:6: ")
        .hasMessageContaining("unannounced: only a service of mode answer has it");
  }

  @Test
  void readsBackAScoreThatItRendered() throws ConfigException {
    String text = ALIASED.replace("margin = 1500us", "score = download, floor = 50ms");
    EnterpriseZone zone = read(text);
    assertThat(zone.services().getFirst().policy())
        .isEqualTo(
            new Policy.Latency(
                Duration.ofMillis(5),
                Duration.ofSeconds(90),
                new Score.Download(Duration.ofMillis(50))));
    assertThat(read(RegistrationDocument.render(zone))).isEqualTo(zone);
  }

  @Test
  void readsBackWhatHappensWhileHealthChangesAndWhileEverySiteIsDown() throws ConfigException {
    String text =
        ALIASED
            .replace("fall = 4", "fall = 4, hold-down = 2m")
            .replace("answer = 60s", "answer = 60s, changing = 10s")
            .replace(
                "mode = answer",
                "all-down { answer = fallback, addresses = [\"192.0.2.9\", \"2001:db8::9\"] }");
    EnterpriseZone zone = read(text);
    Service service = zone.services().getFirst();
    assertThat(service.check().holdDown()).isEqualTo(Duration.ofMinutes(2));
    assertThat(service.ttls().changing()).isEqualTo(Duration.ofSeconds(10));
    assertThat(service.allDown())
        .isEqualTo(
            new AllDown(
                AllDown.Rule.FALLBACK,
                List.of(InetAddress.ofLiteral("192.0.2.9"), InetAddress.ofLiteral("2001:db8::9"))));
    assertThat(read(RegistrationDocument.render(zone))).isEqualTo(zone);
  }

  @Test
  void readsBackWhatAnHttpCheckSaysAndExpects() throws ConfigException {
    String text =
        ALIASED.replace(
            "fall = 4",
            "fall = 4, headers = [\"Accept: text/html\"], contains = \"all \\\"well\\\"\","
                + " redirects = 2, http2 = true");
    EnterpriseZone zone = read(text);
    assertThat(zone.services().getFirst().check().exchange())
        .isEqualTo(
            new Exchange(
                "GET",
                List.of(new Exchange.Header("Accept", "text/html")),
                Optional.of("all \"well\""),
                2,
                true,
                "A"));
    assertThat(read(RegistrationDocument.render(zone))).isEqualTo(zone);
  }

  @Test
  void readsBackIcmpAndDnsChecksThatItRendered() throws ConfigException {
    EnterpriseZone icmp = read(SMALLEST.replace("{ sites", "{ check { kind = icmp }, sites"));
    assertThat(icmp.services().getFirst().check().port()).isZero();
    assertThat(read(RegistrationDocument.render(icmp))).isEqualTo(icmp);
    EnterpriseZone dns =
        read(SMALLEST.replace("{ sites", "{ check { kind = dns, type = soa }, sites"));
    HealthCheck check = dns.services().getFirst().check();
    assertThat(check.port()).isEqualTo(53);
    assertThat(check.host()).isEqualTo("www.foobar.test");
    assertThat(check.exchange().recordType()).isEqualTo("SOA");
    assertThat(read(RegistrationDocument.render(dns))).isEqualTo(dns);
  }

  @Test
  void readsBackEveryPolicyThatItRendered() throws ConfigException {
    Duration timeConstant = Duration.ofSeconds(90);
    Policy.Sum sum =
        new Policy.Sum(
            1, 0, 12.5, 0, Duration.ofMillis(2), timeConstant, new Score.Download(Duration.ZERO));
    Map<String, Policy> policies =
        Map.of(
            "kind = sum, latency = 1, cost = 12.5, margin = 2ms, score = download, floor = 0ms",
            sum,
            "kind = cost",
            Policy.Sum.cheapest(timeConstant),
            "kind = failover, order = [tokyo, frankfurt], failback = manual",
            new Policy.Failover(List.of("tokyo", "frankfurt"), false, timeConstant),
            "kind = failover, order = [tokyo, frankfurt], failback-delay = 10m",
            new Policy.Failover(
                List.of("tokyo", "frankfurt"), true, Duration.ofMinutes(10), timeConstant),
            "kind = percentages, shares { tokyo = 33.3, frankfurt = 66.7 }",
            byLatency(new Step.Percentages(Map.of("tokyo", 33.3, "frankfurt", 66.7))),
            "kind = weighted, by = capacity",
            byLatency(new Step.Weighted(Step.Weights.CAPACITY)),
            "kind = round-robin",
            byLatency(new Step.RoundRobin()),
            "kind = hash",
            byLatency(new Step.Hash()));
    String document = ALIASED.replace("[\"192.0.2.2\"]", "[\"192.0.2.2\"], capacity = 100");
    for (Map.Entry<String, Policy> it : policies.entrySet()) {
      EnterpriseZone zone = read(document.replace("kind = latency, margin = 1500us", it.getKey()));
      assertThat(zone.services().getFirst().policy()).isEqualTo(it.getValue());
      assertThat(read(RegistrationDocument.render(zone))).isEqualTo(zone);
    }
  }

  private static Policy byLatency(Step step) {
    Policy order =
        new Policy.Latency(Duration.ofMillis(5), Duration.ofSeconds(90), new Score.Latency());
    return new Policy.Chain(order, List.of(step));
  }

  @Test
  void readsBackAChainOfEveryStepThatItRendered() throws ConfigException {
    String chain =
        """
        kind = chain
        order { kind = sum, cost = 1, time-constant = 90s }
        steps = [
          { kind = static, rules = [ { prefixes = ["192.0.2.0/24"], sites = [tokyo, frankfurt] } ] }
          { kind = within, latency = 10ms }
          { kind = within, cost = 2.5 }
          { kind = first, count = 2 }
          { kind = shed, from = 0.7, to = 0.9 }
          { kind = hash }
        ]
        """;
    EnterpriseZone zone =
        read(
            ALIASED
                .replace("cost = 2", "cost = 2, cost-at { \"lb-tyo-*\" = 5 }")
                .replace("kind = latency, margin = 1500us, time-constant = 90s", chain)
                .replace("fall = 4", "fall = 4, load-header = X-Load")
                .replace(
                    "mode = answer",
                    "answers { count = 2, rotate = true, https { alpn = [h3, h2], port = 8443 }"
                        + " }"));

    Service service = zone.services().getFirst();
    assertThat(service.policy().allSteps())
        .extracting(Step::kind)
        .containsExactly("static", "within", "within", "first", "shed", "hash");
    assertThat(service.answering())
        .isEqualTo(
            new Answering(2, true, Optional.of(new HttpsBinding(List.of("h3", "h2"), true, 8443))));
    assertThat(service.sites().getFirst().costAt("lb-tyo-1")).isEqualTo(5);
    assertThat(service.sites().getFirst().costAt("lb-nyc-1")).isEqualTo(2);
    assertThat(read(RegistrationDocument.render(zone))).isEqualTo(zone);
  }

  @Test
  void readsBackATcpCheckThatItRendered() throws ConfigException {
    EnterpriseZone zone =
        read(SMALLEST.replace("{ sites", "{ check { kind = tcp, port = 22 }, sites"));
    assertThat(zone.services().getFirst().check().kind()).isEqualTo(HealthCheck.Kind.TCP);
    assertThat(read(RegistrationDocument.render(zone))).isEqualTo(zone);
  }

  @Test
  void findsEveryProblemAtOnceWithItsLine(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("zone.conf");
    Files.writeString(
        file,
        """
        registration {
          version = 2
          enterprise = "Foo Bar"
          zone = lb.foobar.test
          form = aliased
          services {
            "ns.lb.foobar.test" {
              mode = cache
              chek { }
              check { interval = 100ms }
              policy { kind = cost }
              ttl {
                answer = 2h
              }
              sites {
                one {
                  addresses = ["224.0.0.1", "192.0.2.1"]
                  latitude = 10
                }
              }
            }
          }
        }
        """);
    assertThatThrownBy(() -> RegistrationDocument.load(file))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .allMatch(problem -> problem.file().equals(file.toString()))
                    .extracting(ConfigProblem::line)
                    .containsExactly(2, 3, 7, 8, 9, 10, 11, 13, 17, 18));
  }

  @Test
  void aLoadInNumbersIsAPartOfTheCapacityThatEverySiteNeeds() throws ConfigException {
    String sheds =
        ALIASED
            .replace(
                "kind = latency, margin = 1500us, time-constant = 90s",
                "kind = shed, from = 0.7, to = 0.9")
            .replace("fall = 4", "fall = 4, load-header = X-Load, load-unit = capacity");

    assertThatThrownBy(() -> read(sheds))
        .hasMessageContaining(
            "has no capacity, of which its load is a part (expected capacity, above 0)");
    EnterpriseZone zone = read(sheds.replace("addresses =", "capacity = 500, addresses ="));
    assertThat(zone.services().getFirst().check().exchange().loadUnit())
        .isEqualTo(Exchange.LoadUnit.CAPACITY);
    assertThat(read(RegistrationDocument.render(zone))).isEqualTo(zone);
  }
}
