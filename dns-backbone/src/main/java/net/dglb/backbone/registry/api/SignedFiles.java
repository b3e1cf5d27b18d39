package net.dglb.backbone.registry.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import net.dglb.backbone.registry.Caller;
import net.dglb.backbone.registry.Refusal;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.backbone.registry.state.RegistryState;
import net.dglb.backbone.registry.wire.EnterpriseRecord;
import net.dglb.config.ConfigException;
import net.dglb.identity.VerifyingKey;
import net.dglb.node.AdminAnswer;
import net.dglb.node.FolderWatcher;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.SignedRegistration;
import net.dglb.time.Cancellable;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registrations that come as signed files of a watched folder. Each is registered as if its
 * enterprise had called: the same validator, ownership, versions and quotas. Several nodes may
 * watch the same files. What cannot be registered is tried again and reported; nothing that is
 * served changes by it. Files are read on the watcher's thread, all else happens on the control
 * thread.
 */
public final class SignedFiles {

  /** The names that count. */
  public static final String SUFFIX = ".conf";

  /** How many files are read. */
  public static final int MOST = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(SignedFiles.class);
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration AGAIN = Duration.ofSeconds(30);
  private static final int AT_ONCE = 20;

  private static final class Entry {
    private Optional<SignedRegistration> signed = Optional.empty();
    private String state = "waits";
    private String problem = "";
    private Instant next = Instant.MIN;
    private boolean done;
  }

  private final ZoneRegistry registry;
  private final RegisterCall register;
  private final Timeline control;
  private final Map<Path, Entry> entries = new TreeMap<>();
  private Optional<FolderWatcher> watcher = Optional.empty();
  private Cancellable end = () -> {};

  SignedFiles(ZoneRegistry registry, RegisterCall register, Timeline control) {
    this.registry = registry;
    this.register = register;
    this.control = control;
  }

  /**
   * Watches a folder, and no other any more; on the control thread.
   *
   * @param files where files are read
   */
  public void watch(Path folder, Timeline files, Duration period) {
    stop();
    FolderWatcher looking = new FolderWatcher(folder, SUFFIX, MOST);
    watcher = Optional.of(looking);
    Cancellable watching = looking.watch(files, period, changed -> read(looking, changed));
    Cancellable ticking = control.every(TICK, TICK, this::tick);
    end =
        () -> {
          watching.cancel();
          ticking.cancel();
        };
  }

  /** Watches no folder any more; what was registered stays so. On the control thread. */
  public void stop() {
    end.cancel();
    watcher = Optional.empty();
    entries.clear();
  }

  /** Whether a folder is watched. */
  public boolean isWatching() {
    return watcher.isPresent();
  }

  private void take(FolderWatcher from, Runnable task) {
    control.execute(() -> {
      if (watcher.filter(from::equals).isPresent()) {
        task.run();
      }
    });
  }

  private void read(FolderWatcher from, Set<Path> changed) {
    for (Path path : changed) {
      try {
        if (Files.size(path) > SignedRegistration.MAX_OCTETS) {
          throw ConfigException.of(
              path.toString(),
              "too long (expected: at most " + SignedRegistration.MAX_OCTETS + " octets)");
        }
        String text = Files.readString(path, StandardCharsets.UTF_8);
        SignedRegistration signed = SignedRegistration.read(path.toString(), text);
        take(from, () -> take(path, signed));
      } catch (NoSuchFileException _) {
        take(from, () -> entries.remove(path));
      } catch (ConfigException e) {
        take(from, () -> broken(path, String.valueOf(e.getMessage())));
      } catch (IOException _) {
        String problem = path + ": cannot be read (expected: a text in UTF-8)";
        take(from, () -> broken(path, problem));
      }
    }
  }

  private void take(Path path, SignedRegistration signed) {
    Entry entry = new Entry();
    entry.signed = Optional.of(signed);
    entries.put(path, entry);
  }

  private void broken(Path path, String problem) {
    Entry entry = new Entry();
    entry.state = "broken";
    entry.done = true;
    entries.put(path, entry);
    report(path, entry, problem);
  }

  /** A few at a time, so that many files do not crowd out other callers. */
  private void tick() {
    if (registry.log().leader().isEmpty()) {
      return;
    }
    Instant now = control.now();
    entries.entrySet().stream()
        .filter(each -> !each.getValue().done && !each.getValue().next.isAfter(now))
        .limit(AT_ONCE)
        .toList()
        .forEach(each -> attempt(each.getKey(), each.getValue(), now));
  }

  private void attempt(Path path, Entry entry, Instant now) {
    entry.next = now.plus(AGAIN);
    SignedRegistration signed = entry.signed.orElseThrow();
    EnterpriseZone zone = signed.zone();
    long served =
        registry
            .state()
            .served(zone.origin())
            .filter(record -> record.getEnterprise().equals(zone.enterprise()))
            .map(record -> RegistryState.last(record).getVersion())
            .orElse(0L);
    Optional<String> foreign = foreign(path, signed);
    if (foreign.isPresent()) {
      entry.state = "foreign";
      report(path, entry, foreign.get());
      noteForeign(path, zone);
    } else if (served > zone.version()) {
      entry.done = true;
      entry.state = "superseded by version " + served;
      report(path, entry, "");
    } else {
      register(path, entry, zone);
    }
  }

  private void register(Path path, Entry entry, EnterpriseZone zone) {
    Access access = new Access(Optional.of(zone.enterprise()), caller(path, zone));
    CompletableFuture<AdminAnswer> answer;
    try {
      answer =
          register.store(
              access,
              new RegisterCall.Wish(zone, OptionalLong.empty(), false, false, "signed file"));
    } catch (Access.DeniedException | IllegalArgumentException e) {
      entry.state = "refused";
      report(path, entry, path + ": " + e.getMessage());
      return;
    }
    var _ =
        answer.whenComplete((got, failure) ->
            control.execute(() -> {
              boolean stored = got != null && got.status() == 200;
              entry.done = stored;
              entry.state = stored ? "registered" : "refused";
              String why =
                  got == null
                      ? String.valueOf(failure)
                      : got.body().getString("detail", "status " + got.status());
              report(path, entry, stored ? "" : path + ": " + why);
            }));
  }

  private void noteForeign(Path path, EnterpriseZone zone) {
    if (registry.state().enterprises().containsKey(zone.enterprise())) {
      Caller caller = caller(path, zone);
      registry.refused(
          new Refusal(
              "put-zone",
              zone.origin().toString(),
              "not signed by the enterprise",
              new Caller("unknown, as " + caller.actor(), caller.source())));
    }
  }

  private static Caller caller(Path path, EnterpriseZone zone) {
    return new Caller("enterprise " + zone.enterprise(), "file " + path.getFileName());
  }

  private Optional<String> foreign(Path path, SignedRegistration signed) {
    String name = signed.zone().enterprise();
    EnterpriseRecord known =
        registry.state().enterprises().getOrDefault(name, EnterpriseRecord.getDefaultInstance());
    if (known.getPublicKey().isEmpty()) {
      return Optional.of(
          path
              + ":2: enterprise: "
              + name
              + " (expected: one whose key the operator registered: dglb zone enterprise "
              + name
              + " --signing-key FILE)");
    }
    return signed.isBy(VerifyingKey.ofEncoded(known.getPublicKey().toByteArray()))
        ? Optional.empty()
        : Optional.of(
            path + ":4: signature: not made over this file by the key of enterprise " + name);
  }

  private static void report(Path path, Entry entry, String problem) {
    if (!problem.equals(entry.problem)) {
      entry.problem = problem;
      if (!problem.isEmpty()) {
        LOG.error("signed registration: {}", problem);
      }
    }
    if (entry.done && problem.isEmpty()) {
      LOG.info("signed registration {}: {}", path, entry.state);
    }
  }

  /** How many files are not registered for a reason that somebody should look at. */
  public int problems() {
    return (int) entries.values().stream().filter(entry -> !entry.problem.isEmpty()).count();
  }

  /** Every file with what became of it, for the status. */
  public Map<String, Object> tree() {
    List<Map<String, Object>> files = new ArrayList<>();
    entries.forEach((path, entry) -> {
      Map<String, Object> file = new LinkedHashMap<>();
      file.put("file", path.getFileName());
      entry.signed.ifPresent(signed -> {
        file.put("zone", signed.zone().origin());
        file.put("enterprise", signed.zone().enterprise());
        file.put("version", signed.zone().version());
      });
      file.put("state", entry.state);
      file.put("problem", entry.problem);
      files.add(file);
    });
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("problem", watcher.map(FolderWatcher::problem).orElse(""));
    tree.put("files", files);
    return tree;
  }
}
