package net.dglb.it;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.dglb.command.CommandLineRun;

/**
 * Runs in the lab's network: asks {@code trace} and {@code explain} about random resolvers and
 * client subnets, and prints every case in which they do not agree.
 */
public final class TraceAndExplain {

  private static final int ATTEMPTS = 5;

  private final String folder;
  private final Random random;

  private TraceAndExplain(String folder, long seed) {
    this.folder = folder;
    this.random = new Random(seed);
  }

  /** Takes the lab's folder, a seed and how many cases; ends with 1 if any does not agree. */
  public static void main(String[] arguments) {
    TraceAndExplain run = new TraceAndExplain(arguments[0], Long.parseLong(arguments[1]));
    int cases = Integer.parseInt(arguments[2]);
    List<String> problems = new ArrayList<>();
    Set<String> tables = new TreeSet<>();
    for (int i = 0; i < cases; i++) {
      run.compare(tables).ifPresent(problems::add);
    }
    problems.forEach(System.out::println);
    System.out.printf(
        "%d of %d cases agree; matched in %s%n", cases - problems.size(), cases, tables);
    System.exit(problems.isEmpty() ? 0 : 1);
  }

  /** A decision may change between the two: then both are asked again. */
  private Optional<String> compare(Set<String> tables) {
    String name = random.nextBoolean() ? "www.foobar.test" : "shop.foobar.test";
    String resolver = resolver();
    List<String> subnet =
        random.nextInt(3) == 0
            ? List.of("--subnet", "127.53.%d.0/24".formatted(random.nextInt(20)))
            : List.of();
    String last = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      JsonObject explained = run("explain", name, "--resolver", resolver, subnet);
      List<String> before = decision(explained);
      List<String> traced = traced(run("trace", name, "--from", resolver, subnet), explained);
      List<String> after = decision(run("explain", name, "--resolver", resolver, subnet));
      if (traced.equals(before) || traced.equals(after)) {
        tables.add(explained.getJsonObject("match").getString("table"));
        return Optional.empty();
      }
      last =
          "%s from %s %s: trace %s, explain before %s and after %s"
              .formatted(name, resolver, subnet, traced, before, after);
      if (before.equals(after)) {
        return Optional.of(last);
      }
    }
    return Optional.of("unsettled: " + last);
  }

  private String resolver() {
    return switch (random.nextInt(3)) {
      case 0 -> "127.53.%d.53".formatted(random.nextInt(20));
      case 1 -> "127.53.%d.%d".formatted(random.nextInt(12), 1 + random.nextInt(254));
      default ->
          "127.%d.%d.%d"
              .formatted(random.nextInt(250), random.nextInt(250), 1 + random.nextInt(250));
    };
  }

  private JsonObject run(
      String command, String name, String option, String resolver, List<String> more) {
    List<String> line =
        new ArrayList<>(List.of(command, name, option, resolver, "--json", "--dir", folder));
    line.addAll(more);
    CommandLineRun run = CommandLineRun.of(line.toArray(String[]::new));
    if (run.out().isBlank()) {
      throw new IllegalStateException(line + ": " + run.err());
    }
    return new JsonObject(run.out());
  }

  /** Label, TTL, name servers with their TTL, address and TTL, as explained. */
  private static List<String> decision(JsonObject explained) {
    JsonObject referral = explained.getJsonObject("referral");
    Set<String> servers = new TreeSet<>();
    if (referral == null) {
      JsonObject own = explained.getJsonObject("answers").getJsonObject("A");
      return List.of(
          "",
          "",
          "[]",
          "",
          own.getJsonArray("addresses").toString(),
          own.getValue("ttl").toString());
    }
    referral
        .getJsonArray("name-servers")
        .forEach(server -> servers.add(((JsonObject) server).getString("id")));
    JsonObject answers =
        explained.getJsonObject("load-balancer", explained).getJsonObject("answers");
    JsonObject answer = answers.getJsonObject("A");
    return List.of(
        referral.getString("label"),
        referral.getValue("ttl").toString(),
        servers.toString(),
        referral.getValue("name-server-ttl").toString(),
        answer.getJsonArray("addresses").toString(),
        answer.getValue("ttl").toString());
  }

  /** The same as traced. */
  private static List<String> traced(JsonObject trace, JsonObject explained) {
    String label =
        explained.getJsonObject("referral", new JsonObject()).getString("label", "none.none");
    String aliasTtl = "";
    String alias = "";
    Set<String> servers = new TreeSet<>();
    String serverTtl = "";
    for (Object each : trace.getJsonArray("hops")) {
      JsonObject hop = (JsonObject) each;
      for (JsonObject record : records(hop, "answer")) {
        if (record.getString("type").equals("CNAME")
            && record.getString("name").equals(owner(label))) {
          alias = bare(record.getString("value"));
          aliasTtl = record.getValue("ttl").toString();
        }
      }
      for (JsonObject record : records(hop, "authority")) {
        if (record.getString("type").equals("NS") && record.getString("name").equals(alias + ".")) {
          String server = record.getString("value");
          servers.add(server.substring(0, server.indexOf('.')));
          serverTtl = record.getValue("ttl").toString();
        }
      }
    }
    JsonArray addresses = new JsonArray();
    String ttl = "";
    for (Object each : trace.getJsonArray("answer")) {
      addresses.add(((JsonObject) each).getString("value"));
      ttl = ((JsonObject) each).getValue("ttl").toString();
    }
    return List.of(alias, aliasTtl, servers.toString(), serverTtl, addresses.toString(), ttl);
  }

  /** The service that a label stands before. */
  private static String owner(String label) {
    return label.substring(label.indexOf('.') + 1) + ".";
  }

  private static String bare(String name) {
    return name.substring(0, name.length() - 1);
  }

  private static List<JsonObject> records(JsonObject hop, String section) {
    return hop.getJsonArray(section, new JsonArray()).stream().map(JsonObject.class::cast).toList();
  }
}
