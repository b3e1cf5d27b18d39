package net.dglb.lab.run;

import io.vertx.core.json.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.dglb.lab.files.LabDirectory;
import net.dglb.lab.files.LabFiles;
import net.dglb.lab.plan.LabAddresses;
import net.dglb.lab.plan.LabOptions;
import net.dglb.lab.plan.LabPlan;

/** One run of the lab from the first file to the last process. */
public final class LabSession {

  /** The line that says that the whole chain answers. */
  public static final String READY = "lab ready";

  private static final int DNS_PORT = 53;
  private static final int DNS_PORT_WITHOUT_RIGHTS = 5300;
  private static final int SITE_PORT = 80;
  private static final int SITE_PORT_WITHOUT_RIGHTS = 8080;
  private static final Duration START_WITHIN = Duration.ofMinutes(2);
  private static final Duration CHECK_PERIOD = Duration.ofMillis(500);

  private final LabWishes wishes;
  private final PrintStream out;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);

  private LabSession(LabWishes wishes, PrintStream out) {
    this.wishes = wishes;
    this.out = out;
  }

  /**
   * Runs a lab until its time is over or a signal comes; returns the exit code.
   *
   * @throws Exception if it cannot start, with a message for people
   */
  public static int run(LabWishes wishes, Launcher launcher, PrintStream out) throws Exception {
    LabSession session = new LabSession(wishes, out);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(session::stopAndWait));
    if (wishes.inNamespace()) {
      Tethered.watch(() -> System.exit(0));
    }
    try {
      return session.run(launcher);
    } finally {
      session.stopped.countDown();
    }
  }

  private int run(Launcher launcher) throws Exception {
    LabDirectory directory = new LabDirectory(wishes.folder());
    try (Closeable _ = directory.claim()) {
      return run(launcher, directory);
    }
  }

  private int run(Launcher launcher, LabDirectory directory) throws Exception {
    LabPlan plan = prepare(directory);
    try (Lab lab = new Lab(plan, directory, launcher, wishes.inNamespace(), out);
        ControlServer control = new ControlServer(lab)) {
      out.printf(
          "starting %d nodes and %d sites; files in %s%n",
          plan.nodes().size(), plan.sites().size(), directory.root());
      return run(lab, plan, directory, control.description());
    } finally {
      out.println("lab stopped");
    }
  }

  private LabPlan prepare(LabDirectory directory) throws Exception {
    LabAddresses addresses = new LabAddresses(wishes.inNamespace());
    int dnsPort =
        wishes.port().isPresent()
            ? FreePort.firstFree(addresses.root(), wishes.port().get())
            : FreePort.firstFree(addresses.root(), DNS_PORT, DNS_PORT_WITHOUT_RIGHTS);
    int sitePort = FreePort.firstFree(addresses.root(), SITE_PORT, SITE_PORT_WITHOUT_RIGHTS);
    LabPlan plan =
        LabPlan.of(
            new LabOptions(
                wishes.loadBalancers(),
                wishes.sites(),
                wishes.inNamespace(),
                dnsPort,
                sitePort,
                wishes.probeInterval(),
                wishes.referralTtl(),
                wishes.answerTtl(),
                wishes.dnssec()));
    if (wishes.keep()) {
      LabFiles.writeAgain(plan, directory);
    } else {
      directory.clear();
      LabFiles.write(plan, directory);
    }
    return plan;
  }

  private int run(Lab lab, LabPlan plan, LabDirectory directory, JsonObject control)
      throws IOException, InterruptedException {
    lab.start(control);
    Optional<String> missing = awaitReady(lab);
    if (stop.getCount() == 0) {
      return 0;
    }
    if (missing.isPresent()) {
      out.printf(
          "the lab did not get ready: %s%nIts logs are in %s%s%n",
          missing.get(),
          directory.log("").getParent(),
          wishes.keep() ? "; without --keep it starts from nothing" : "");
      return 1;
    }
    out.println(READY);
    String suffix = directory.root().endsWith(".lab") ? "" : "--dir " + wishes.folder();
    out.print(new LabGuide(plan, directory, wishes.inNamespace(), suffix).text());
    out.flush();
    awaitEnd();
    return 0;
  }

  private Optional<String> awaitReady(Lab lab) throws InterruptedException {
    long deadline = System.nanoTime() + START_WITHIN.toNanos();
    Optional<String> missing = lab.missing();
    while (missing.isPresent() && lab.allRun() && System.nanoTime() < deadline) {
      if (stop.await(CHECK_PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
        return missing;
      }
      missing = lab.missing();
    }
    return missing;
  }

  private void awaitEnd() throws InterruptedException {
    if (wishes.runFor().isEmpty()) {
      stop.await();
    } else if (stop.await(wishes.runFor().get().toMillis(), TimeUnit.MILLISECONDS)) {
      return;
    }
  }

  private void stopAndWait() {
    stop.countDown();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
