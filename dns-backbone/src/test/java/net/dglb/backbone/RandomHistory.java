package net.dglb.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.dglb.backbone.announce.Grants;
import net.dglb.backbone.explain.ExplainRoute;
import net.dglb.backbone.index.FallbackTable;
import net.dglb.backbone.refer.Backbone;
import net.dglb.dns.serve.InProcessServer;
import net.dglb.dns.wire.Transport;
import net.dglb.net.DomainName;
import net.dglb.net.Location;
import net.dglb.net.Prefix;
import net.dglb.node.AdminAnswer;
import net.dglb.node.AdminRequest;
import net.dglb.service.EnterpriseZone;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;

/**
 * A backbone node with five load balancers to which something happens again and again, and what it
 * answers and explains to random resolvers with random client subnets.
 */
abstract class RandomHistory {

  private static final Prefix EVERYWHERE = Prefix.parse("0.0.0.0/0");

  final VirtualBackbone backbone = new VirtualBackbone();
  final List<VirtualLoadBalancer> balancers = new ArrayList<>();
  ControlPlane plane = backbone.start("b1", "198.18.0.1", false);
  InProcessServer main = new InProcessServer(plane.mainCatalog());
  InProcessServer labels = new InProcessServer(plane.labelCatalog());
  private ExplainRoute route = backbone.explain("b1", plane);

  /** The node starts again with its disk; load balancers do not come back to it. */
  final void restart() {
    plane = backbone.start("b1", "198.18.0.1", false);
    main = new InProcessServer(plane.mainCatalog());
    labels = new InProcessServer(plane.labelCatalog());
    route = backbone.explain("b1", plane);
    grantEverything();
    pass(Duration.ofMillis(100));
  }

  private void grantEverything() {
    Map<String, Grants.PrefixGrant> grants = new HashMap<>();
    for (VirtualLoadBalancer each : balancers) {
      grants.put(each.id, new Grants.PrefixGrant(List.of(EVERYWHERE), List.of(EVERYWHERE)));
    }
    plane.grants(
        new Grants(
            grants,
            Map.of(
                "foobar", new Grants.ZoneGrant(List.of(DomainName.of("foobar.test")), "foobar"))));
  }

  final void begin(Random random) {
    begin(random, zone -> zone);
  }

  final void begin(Random random, UnaryOperator<EnterpriseZone> how) {
    for (int i = 0; i < 5; i++) {
      String id = "lb-" + i;
      balancers.add(
          new VirtualLoadBalancer(
              id,
              InetAddress.ofLiteral("198.18.1." + (i + 1)),
              random.nextInt(5) == 0 ? Optional.empty() : Optional.of(location(random)),
              plane));
    }
    grantEverything();
    backbone.authority(plane, how.apply(Samples.aliased(1)));
    backbone.authority(plane, how.apply(Samples.delegated(1)));
    plane.computedMap(
        new FallbackTable.Builder(2)
            .computed(Prefix.parse("10.0.0.0/10"), List.of("lb-1", "lb-4"))
            .computed(Prefix.parse("10.1.0.0/16"), List.of("lb-0"))
            .build());
    plane.locations(
        new FallbackTable.Builder(2)
            .located(Prefix.parse("10.64.0.0/10"), Samples.TOKYO)
            .located(Prefix.parse("9.9.9.0/25"), Samples.LONDON)
            .build());
    for (VirtualLoadBalancer balancer : balancers) {
      balancer.connect();
      balancer.announce(prefixes(random, 10), prefixes(random, 100));
    }
    pass(Duration.ofSeconds(2));
  }

  final void act(Random random) {
    VirtualLoadBalancer one = balancers.get(random.nextInt(balancers.size()));
    switch (random.nextInt(8)) {
      case 0 -> one.die();
      case 1, 2 -> one.connect();
      case 3 -> one.announce(prefixes(random, 10), prefixes(random, 100));
      case 4 -> one.withdraw();
      case 5 -> one.lazy = !one.lazy;
      case 6 -> {
        if (!backbone.silent.add(one.address)) {
          backbone.silent.remove(one.address);
        }
      }
      default -> one.report(Samples.service(Samples.WWW), backbone.now(), random);
    }
    pass(Duration.ofMillis(100L * (1 + random.nextInt(random.nextInt(5) == 0 ? 300 : 20))));
  }

  final void pass(Duration time) {
    Duration step = Duration.ofMillis(100);
    for (Duration left = time; left.isPositive(); left = left.minus(step)) {
      backbone.advance(step);
      balancers.forEach(VirtualLoadBalancer::react);
    }
  }

  /** A question from somewhere. */
  record Asked(DomainName service, String resolver, @Nullable String subnet) {

    static Asked of(Random random) {
      int length = 8 + random.nextInt(25);
      return new Asked(
          random.nextBoolean() ? Samples.WWW : Samples.SHOP,
          random.nextInt(8) == 0 ? "9.9.9." + random.nextInt(256) : address(random, 10),
          random.nextBoolean()
              ? Prefix.containing(InetAddress.ofLiteral(address(random, 100)), length).toString()
              : null);
    }
  }

  final JsonObject explain(DomainName service, String resolver, @Nullable String subnet) {
    return explained(service, resolver, subnet == null ? Map.of() : Map.of("subnet", subnet));
  }

  final JsonObject explained(DomainName service, String resolver, Map<String, String> more) {
    AdminAnswer answer = call(service, resolver, more);
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    return answer.body();
  }

  /** As the admin API calls it. */
  final AdminAnswer call(DomainName name, String resolver, Map<String, String> more) {
    Map<String, String> parameters = new HashMap<>(more);
    parameters.put("name", name.toString());
    parameters.put("resolver", resolver);
    try {
      return route
          .route()
          .answer()
          .apply(new AdminRequest(parameters, Optional.empty(), "127.0.0.1:1"))
          .join();
    } catch (IllegalArgumentException e) {
      return AdminAnswer.refused(String.valueOf(e.getMessage()));
    }
  }

  static Message ask(
      InProcessServer server, String name, int type, String resolver, @Nullable String subnet) {
    byte[] query = Backbone.query(name, type, subnet).toWire();
    try {
      return new Message(server.ask(query, InetAddress.ofLiteral(resolver), Transport.TCP));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Prefix> prefixes(Random random, int first) {
    List<Prefix> all = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      Prefix prefix =
          Prefix.containing(InetAddress.ofLiteral(address(random, first)), 8 + random.nextInt(20));
      if (!all.contains(prefix)) {
        all.add(prefix);
      }
    }
    return all;
  }

  static String address(Random random, int first) {
    return "%d.%d.%d.%d"
        .formatted(first, random.nextInt(4) * 40, random.nextInt(4), random.nextInt(256));
  }

  private static Location location(Random random) {
    return new Location(random.nextInt(120) - 60, random.nextInt(360) - 180);
  }
}
