package net.dglb.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.dglb.identity.NodeRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/metrics.md says of every metric of each kind of node what running nodes say of it. */
class DocumentedMetricsTest {

  private static final Path PAGE = Path.of("..").resolve("docs/metrics.md");
  private static final Pattern HEADING = Pattern.compile("^## (.*)$");
  private static final Pattern ROW =
      Pattern.compile("^\\| `(dglb_\\w+)`( †)? \\| (\\w+) \\| (.*) \\| (.*) \\| (.*) \\|$");
  private static final Pattern SAMPLE = Pattern.compile("^(dglb_\\w+)(?:\\{(.*)})? .*$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
  private static final Pattern ADDRESS =
      Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+.*|[0-9a-fA-F]*:[0-9a-fA-F:]+.*");
  private static final List<NodeRole> KINDS =
      List.of(NodeRole.AUTHORITY, NodeRole.BACKBONE, NodeRole.LOAD_BALANCER);

  /** One metric, as it is described or seen. */
  private record Metric(String name, String type, Set<String> labels, String meaning) {}

  private record Described(Metric metric, boolean isAlwaysThere, String unit) {}

  @Test
  void everyMetricIsDescribedAsItIsAndEveryDescribedOneIsThere(@TempDir Path folder)
      throws Exception {
    Map<NodeRole, Map<String, Described>> described = described();
    try (RunningNodes nodes = new RunningNodes(folder)) {
      for (NodeRole kind : KINDS) {
        Map<String, Metric> expected = new TreeMap<>();
        of(described, kind).values().stream()
            .filter(Described::isAlwaysThere)
            .map(Described::metric)
            .map(metric -> kind == NodeRole.BACKBONE ? withAddress(metric) : metric)
            .forEach(metric -> expected.put(metric.name(), metric));
        assertThat(seen(nodes.get(kind, "/metrics", "text/plain").body()))
            .as("metrics of a node of kind %s, beside docs/metrics.md", kind.word())
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void namesAndUnitsFollowTheConventionsOfPrometheus() throws IOException {
    for (Map<String, Described> kind : described().values()) {
      for (Described each : kind.values()) {
        String name = each.metric().name();
        assertThat(name.endsWith("_total"))
            .as("%s: counters and only they end in _total", name)
            .isEqualTo(each.metric().type().equals("counter"));
        String base = name.replaceFirst("_total$", "");
        for (String unit : List.of("seconds", "bytes")) {
          assertThat(base.endsWith("_" + unit))
              .as("%s: its unit is in its name", name)
              .isEqualTo(each.unit().equals(unit));
        }
        assertThat(name).doesNotContainPattern("_(ms|millis|kb|minutes|percent)(_|$)");
        assertThat(each.metric().labels()).doesNotContain("client", "resolver", "source", "prefix");
      }
    }
  }

  @Test
  void whatAppearsLaterIsRegisteredSomewhere() throws IOException {
    Set<String> late = new TreeSet<>();
    described().values().stream()
        .flatMap(kind -> kind.values().stream())
        .filter(each -> !each.isAlwaysThere())
        .forEach(
            each -> late.add(each.metric().name().replaceFirst("_total$", "").replace('_', '.')));
    assertThat(late).isNotEmpty();
    String sources = sources();
    assertThat(late).allSatisfy(name -> assertThat(sources).contains("\"" + name + "\""));
  }

  private static String sources() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String module : List.of("dns-backbone", "dns-lb", "dns-authority")) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
        for (Path file : files.filter(each -> each.toString().endsWith("Metrics.java")).toList()) {
          all.append(Files.readString(file));
        }
      }
    }
    return all.toString();
  }

  private static Map<NodeRole, Map<String, Described>> described() throws IOException {
    Map<NodeRole, Map<String, Described>> all = new HashMap<>();
    KINDS.forEach(kind -> all.put(kind, new TreeMap<>()));
    List<NodeRole> kinds = List.of();
    for (String line : Files.readAllLines(PAGE)) {
      var heading = HEADING.matcher(line);
      var row = ROW.matcher(line);
      if (heading.matches()) {
        kinds = kinds(heading.group(1));
      } else if (row.matches()) {
        for (NodeRole kind : kinds) {
          Described described = described(row.toMatchResult());
          assertThat(of(all, kind).put(described.metric().name(), described))
              .as("described twice: %s", described)
              .isNull();
        }
      }
    }
    return all;
  }

  private static Described described(MatchResult row) {
    Set<String> labels = new TreeSet<>();
    Pattern.compile("`(\\w+)`")
        .matcher(row.group(4))
        .results()
        .forEach(l -> labels.add(l.group(1)));
    Metric metric = new Metric(row.group(1), row.group(3), labels, row.group(6));
    return new Described(metric, row.group(2) == null, row.group(5));
  }

  private static List<NodeRole> kinds(String heading) {
    String which = heading.replaceFirst(":.*", "");
    return switch (which) {
      case "Every node" -> KINDS;
      case "Authority and backbone" -> List.of(NodeRole.AUTHORITY, NodeRole.BACKBONE);
      case "Authority" -> List.of(NodeRole.AUTHORITY);
      case "Backbone" -> List.of(NodeRole.BACKBONE);
      case "Load balancer" -> List.of(NodeRole.LOAD_BALANCER);
      default -> throw new AssertionError("a heading that names no kind of node: " + heading);
    };
  }

  /** As the page says of the metrics of DNS that every node has. */
  private static Metric withAddress(Metric metric) {
    Set<String> ofBothAddresses =
        Set.of(
            "dglb_dns_transfers_total", "dglb_dns_updates_total", "dglb_dns_bad_signatures_total");
    if (!metric.name().startsWith("dglb_dns_") || ofBothAddresses.contains(metric.name())) {
      return metric;
    }
    Set<String> labels = new TreeSet<>(metric.labels());
    labels.add("address");
    return new Metric(metric.name(), metric.type(), labels, metric.meaning());
  }

  private static Map<String, Metric> seen(String scraped) {
    Map<String, String> types = new HashMap<>();
    Map<String, String> meanings = new HashMap<>();
    Map<String, Metric> seen = new TreeMap<>();
    for (String line : scraped.lines().toList()) {
      String[] words = line.split(" ", 4);
      if (words[1].equals("HELP")) {
        meanings.put(words[2], words[3]);
      } else if (words[1].equals("TYPE")) {
        types.put(words[2], words[3]);
      }
      var sample = SAMPLE.matcher(line);
      if (sample.matches()) {
        String name = sample.group(1);
        seen.computeIfAbsent(
                name,
                it ->
                    new Metric(
                        it,
                        Objects.requireNonNull(types.get(it), it),
                        new TreeSet<>(),
                        Objects.requireNonNull(meanings.get(it), it)))
            .labels()
            .addAll(labels(name, sample.group(2)));
      }
    }
    return seen;
  }

  private static Set<String> labels(String name, String written) {
    Set<String> labels = new TreeSet<>();
    LABEL
        .matcher(written == null ? "" : written)
        .results()
        .forEach(label -> {
          assertThat(label.group(2)).as("%s: %s", name, label.group(1)).doesNotMatch(ADDRESS);
          labels.add(label.group(1));
        });
    return labels;
  }

  private static <T> T of(Map<NodeRole, T> map, NodeRole kind) {
    return Objects.requireNonNull(map.get(kind));
  }
}
