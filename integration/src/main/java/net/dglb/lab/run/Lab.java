package net.dglb.lab.run;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.identity.NodeRole;
import net.dglb.lab.files.LabDirectory;
import net.dglb.lab.files.LabFiles;
import net.dglb.lab.files.Ports;
import net.dglb.lab.plan.LabPlan;
import net.dglb.lab.site.SiteServer;
import net.dglb.node.EventLoops;

/**
 * A running lab: its nodes as processes, its sites in this process. Commands may come from any
 * thread.
 */
public final class Lab implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration LISTENING = Duration.ofSeconds(60);
  private static final Duration GRACE = Duration.ofSeconds(3);

  private final LabPlan plan;
  private final LabDirectory directory;
  private final PrintStream out;
  private final boolean namespace;
  private final Vertx vertx = EventLoops.start();
  private final Map<String, NodeProcess> nodes = new LinkedHashMap<>();
  private final Map<String, SiteServer> sites = new LinkedHashMap<>();
  private final ChainCheck chain;
  private final InfrastructureDs infrastructure;
  private volatile JsonObject control = new JsonObject();
  private volatile boolean closing;

  /**
   * A lab whose files are written and which does not run yet.
   *
   * @param namespace whether it has a network of its own, for the description
   * @param out where it says what happens
   */
  public Lab(
      LabPlan plan, LabDirectory directory, Launcher launcher, boolean namespace, PrintStream out) {
    this.plan = plan;
    this.directory = directory;
    this.out = out;
    this.namespace = namespace;
    this.chain = new ChainCheck(plan);
    this.infrastructure = new InfrastructureDs(plan, new LabFiles(plan, directory));
    for (LabPlan.SitePlan site : plan.sites()) {
      sites.put(
          site.id(), new SiteServer(vertx, site, plan.options().sitePort(), plan.roundTrips()));
    }
    for (LabPlan.Node node : plan.nodes()) {
      List<String> arguments =
          List.of("run", node.role().word(), "--config", directory.config(node.id()).toString());
      nodes.put(
          node.id(),
          new NodeProcess(
              node.id(),
              directory.log(node.id()),
              () -> launcher.start(heapMegabytes(node.role()), arguments, directory.log(node.id())),
              this::endedByItself));
    }
  }

  private static int heapMegabytes(NodeRole role) {
    return role == NodeRole.BACKBONE ? 160 : 96;
  }

  /** Starts sites and nodes, load balancers last, and writes the description. */
  public void start(JsonObject controlledBy) throws IOException, InterruptedException {
    control = controlledBy;
    sites.values().forEach(SiteServer::start);
    for (LabPlan.Node node : plan.nodes()) {
      if (node.role() == NodeRole.LOAD_BALANCER) {
        awaitBackbone();
      }
      node(node.id()).start();
    }
    describe();
  }

  /** Connecting sides try again with growing pauses, so the listening side comes first. */
  private void awaitBackbone() throws InterruptedException {
    long deadline = System.nanoTime() + LISTENING.toNanos();
    for (LabPlan.Node node : plan.nodes(NodeRole.BACKBONE)) {
      while (!accepts(node.addresses().getFirst(), Ports.MAPPING)
          && !node(node.id()).awaitEnd(POLL)
          && System.nanoTime() < deadline) {}
    }
  }

  private static boolean accepts(InetAddress address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), (int) POLL.toMillis());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** What the chain still lacks to answer from beside every resolver, in words. */
  public Optional<String> missing() {
    Optional<NodeProcess> gone =
        nodes.values().stream().filter(node -> !node.running()).findFirst();
    if (gone.isPresent()) {
      return gone.map(node -> node.id() + " does not run; it printed:\n" + node.lastLines());
    }
    return infrastructure.missing().or(chain::missing);
  }

  /** Whether every node's process lives. */
  public boolean allRun() {
    return nodes.values().stream().allMatch(NodeProcess::running);
  }

  /** Kills a node as a crash does, or lets a site refuse connections. */
  public String kill(String id) throws IOException, InterruptedException {
    if (sites.containsKey(id)) {
      site(id).kill();
      return "site " + id + " refuses connections now";
    }
    node(id).kill();
    describe();
    return id + " is killed";
  }

  /** Stops a node in order; waits for it for some time. */
  public String stop(String id, Duration within) throws IOException, InterruptedException {
    boolean gone = node(id).stop(within);
    describe();
    return gone
        ? id + " has left in order"
        : id
            + " is leaving: it goes on answering until every referral to it has ended, as lab"
            + " status shows";
  }

  /** Starts a node or a site again. */
  public String start(String id) throws IOException {
    if (sites.containsKey(id)) {
      site(id).start();
      return "site " + id + " serves again";
    }
    if (node(id).leaving()) {
      throw new IllegalArgumentException(
          id + " is still leaving (expected: one that has gone; wait for it, or kill it first)");
    }
    if (node(id).running()) {
      return id + " runs already";
    }
    node(id).start();
    describe();
    return id + " starts";
  }

  /** Delays a site's first bytes by so much more than the path costs; 0 ends that. */
  public String slow(String id, int millis) {
    site(id).slowBy(millis);
    return millis == 0
        ? "site " + id + " is as fast as its paths again"
        : "site " + id + " answers " + millis + " ms later than its paths cost";
  }

  /** The description, as in lab.json. */
  public JsonObject description() {
    return new LabDescription(plan, directory).toJson(nodes.values(), control, namespace);
  }

  /** Which nodes and sites run. */
  public JsonObject status() {
    JsonObject running = new JsonObject();
    nodes.forEach((id, node) -> running.put(id, state(node)));
    JsonObject serving = new JsonObject();
    sites.forEach((id, site) -> serving.put(id, siteState(site)));
    return new JsonObject().put("nodes", running).put("sites", serving);
  }

  private static String state(NodeProcess node) {
    if (node.leaving()) {
      return "leaving";
    }
    return node.running() ? "runs" : "down";
  }

  private static String siteState(SiteServer site) {
    if (!site.running()) {
      return "down";
    }
    return site.slowedByMillis() == 0
        ? "serves"
        : "serves, slowed by " + site.slowedByMillis() + " ms";
  }

  private synchronized void describe() throws IOException {
    Path next = directory.description().resolveSibling("lab.json.next");
    Files.writeString(next, description().encodePrettily() + "\n");
    Files.move(next, directory.description(), StandardCopyOption.ATOMIC_MOVE);
  }

  private void endedByItself(String id, int exitCode) {
    if (!closing) {
      out.printf(
          "%s ended by itself with exit code %d; its log: %s%n", id, exitCode, directory.log(id));
    }
  }

  private NodeProcess node(String id) {
    return named(id, nodes, "node");
  }

  private SiteServer site(String id) {
    return named(id, sites, "site");
  }

  private <T> T named(String id, Map<String, T> known, String what) {
    T found = known.get(id);
    if (found == null) {
      throw new IllegalArgumentException(
          what + ": " + id + " (expected one of " + String.join(", ", known.keySet()) + ")");
    }
    return found;
  }

  /** Stops everything: in order for a moment, then at once. */
  @Override
  public void close() {
    closing = true;
    try {
      List<Thread> stops =
          nodes.values().stream().map(node -> Thread.ofVirtual().start(() -> end(node))).toList();
      for (Thread stop : stops) {
        stop.join();
      }
      Files.deleteIfExists(directory.description());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      out.println("lab.json could not be deleted: " + e.getMessage());
    } finally {
      sites.values().forEach(SiteServer::close);
      vertx.close().await();
    }
  }

  private static void end(NodeProcess node) {
    try {
      if (!node.stop(GRACE)) {
        node.kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
