package net.dglb.dns.serve;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import net.dglb.dns.wire.AnswerSettings;
import net.dglb.dns.zone.Zone;
import net.dglb.node.Published;
import org.jspecify.annotations.Nullable;

/** What workers share, for tests; time stands still until it is set. */
final class Parts implements InstantSource {

  static final String SECRET = "e5e973e5a6b2a43f48e7dc849e37bfcf";
  static final String OLDER_SECRET = "445536bcd2513298075a5d379663c962";

  private final Catalog catalog;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private GuardSettings guards = GuardSettings.OFF;
  private ServerIdentity identity = ServerIdentity.NONE;
  private @Nullable SlowPath slowPath;
  private Duration wallClockSet = Duration.ZERO;
  private Runnable atEachLookAtTheClock = () -> {};
  private List<String> secrets = List.of(SECRET, OLDER_SECRET);

  Parts(Zone... zones) {
    catalog = Catalog.of(List.of(zones));
  }

  Parts guards(GuardSettings settings) {
    guards = settings;
    return this;
  }

  Parts identity(ServerIdentity settings) {
    identity = settings;
    return this;
  }

  Parts secrets(String... hex) {
    secrets = List.of(hex);
    return this;
  }

  Parts at(long epochSeconds) {
    now = Instant.ofEpochSecond(epochSeconds);
    return this;
  }

  Parts slowPath(SlowPath path) {
    slowPath = path;
    return this;
  }

  Parts atEachLookAtTheClock(Runnable action) {
    atEachLookAtTheClock = action;
    return this;
  }

  Catalog catalog() {
    return catalog;
  }

  void advanceMillis(long millis) {
    now = now.plusMillis(millis);
  }

  @Override
  public Instant instant() {
    return now.plus(wallClockSet);
  }

  /** Somebody sets the wall clock, back if negative; no time passes. */
  void setWallClock(Duration by) {
    wallClockSet = wallClockSet.plus(by);
  }

  private long steadyMillis() {
    atEachLookAtTheClock.run();
    return now.toEpochMilli();
  }

  InProcessServer server() {
    return new InProcessServer(shared());
  }

  /** For several workers of one server. */
  ServerParts shared() {
    ServerParts parts =
        new ServerParts(
            new Published<>(catalog),
            new AnswerSettings(1232, guards.amplificationMax(), identity.id()),
            new ChaosAnswers(identity),
            secrets.stream().map(HexFormat.of()::parseHex).toList(),
            guards,
            guards.limiter(),
            new Quarantine(),
            this,
            this::steadyMillis,
            slowPath,
            null,
            ServerParts.NEVER);
    return parts.with(slowPath, null, new LateAnswers(new Published<>(parts)));
  }
}
