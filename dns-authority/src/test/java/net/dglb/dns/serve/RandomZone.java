package net.dglb.dns.serve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A zone with everything in it that is hard: few labels, so that names nest, meet and shadow. */
public final class RandomZone {

  public static final String APEX = "zone.test";

  private static final String[] LABELS = {"a", "b", "c", "*", "ns"};

  private final Random random;
  private final boolean signedDelegations;
  private final Map<String, Set<String>> typesByOwner = new HashMap<>();
  private final List<String> lines = new ArrayList<>();

  private RandomZone(Random random, boolean signedDelegations) {
    this.random = random;
    this.signedDelegations = signedDelegations;
  }

  public static RandomZone of(long seed) {
    return of(seed, false);
  }

  /** One in which some delegations have a DS record. */
  public static RandomZone withSignedDelegations(long seed) {
    return of(seed, true);
  }

  private static RandomZone of(long seed, boolean signedDelegations) {
    RandomZone zone = new RandomZone(new Random(seed), signedDelegations);
    zone.add(APEX + ".", "SOA", 300, "ns." + APEX + ". admin." + APEX + ". 1 3600 600 86400 60");
    zone.add(APEX + ".", "NS", 300, "ns." + APEX + ".");
    zone.add(APEX + ".", "NS", 300, "ns.elsewhere.test.");
    for (int i = 0; i < 40; i++) {
      zone.addRandom();
    }
    return zone;
  }

  public String text() {
    return String.join("\n", lines) + "\n";
  }

  List<String> lines() {
    return lines;
  }

  /** Names to ask for: those of the zone, above, below and beside them. */
  Set<String> names() {
    Set<String> names = new HashSet<>(Set.of("test.", "other.test.", "x" + APEX + "."));
    for (String owner : typesByOwner.keySet()) {
      names.add(owner);
      names.add("q." + owner);
      names.add("q.r." + owner);
      names.add("ns." + owner);
      String above = owner;
      while (!above.equals(APEX + ".")) {
        above = above.substring(above.indexOf('.') + 1);
        names.add(above);
        names.add("b." + above);
        names.add("zz." + above);
      }
    }
    return names;
  }

  private void addRandom() {
    String owner = name();
    switch (random.nextInt(9)) {
      case 0 ->
          addIfAllowed(owner, "CNAME", random.nextInt(6) == 0 ? "www.elsewhere.test." : name());
      case 1 -> addDelegation(owner);
      case 2 -> addIfAllowed(owner, "AAAA", "2001:db8::" + random.nextInt(9));
      case 3 -> addIfAllowed(owner, "TXT", "\"" + "t".repeat(random.nextInt(30)) + "\"");
      case 4 -> addIfAllowed(owner, "MX", "10 " + name());
      case 5 -> addIfAllowed(owner, "TYPE65280", "\\# 2 00" + (10 + random.nextInt(80)));
      default -> addIfAllowed(owner, "A", "192.0.2." + random.nextInt(250));
    }
  }

  private void addDelegation(String owner) {
    if (owner.startsWith("*") || owner.equals(APEX + ".")) {
      return;
    }
    String inside = "ns." + owner;
    addIfAllowed(owner, "NS", inside);
    addIfAllowed(inside, "A", "192.0.2." + random.nextInt(250));
    if (random.nextBoolean()) {
      addIfAllowed(owner, "NS", "ns.elsewhere.test.");
    }
    if (signedDelegations && random.nextBoolean()) {
      addIfAllowed(owner, "DS", "1 13 2 " + "00".repeat(32));
    }
  }

  private void addIfAllowed(String owner, String type, String data) {
    Set<String> types = typesByOwner.getOrDefault(owner, Set.of());
    boolean alias = type.equals("CNAME");
    if (types.contains("CNAME") || (alias && !types.isEmpty())) {
      return;
    }
    add(owner, type, 60 + type.length(), data);
  }

  private void add(String owner, String type, int ttl, String data) {
    String line = owner + " " + ttl + " IN " + type + " " + data;
    if (!lines.contains(line)) {
      typesByOwner.computeIfAbsent(owner, _ -> new HashSet<>()).add(type);
      lines.add(line);
    }
  }

  private String name() {
    StringBuilder name = new StringBuilder();
    for (int depth = random.nextInt(4); depth > 0; depth--) {
      name.append(LABELS[random.nextInt(LABELS.length)]).append('.');
    }
    return name + APEX + ".";
  }
}
