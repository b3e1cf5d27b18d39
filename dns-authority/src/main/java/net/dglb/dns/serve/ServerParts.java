package net.dglb.dns.serve;

import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import net.dglb.dns.wire.AnswerSettings;
import net.dglb.dns.wire.ServerCookies;
import net.dglb.node.Published;
import org.jspecify.annotations.Nullable;

/**
 * What the workers of a server share.
 *
 * @param catalog the zones
 * @param answers what every answer keeps to
 * @param chaos answers about the server itself
 * @param cookieSecrets see {@link ServerCookies}
 * @param guards limits
 * @param limiter counts answers; null for no limit
 * @param quarantine questions that raised an exception
 * @param clock the time of day
 * @param steadyMillis milliseconds that never go back, 1 and up, for durations
 * @param slowPath takes what no table can answer; null to treat all as queries
 * @param waitingRoom takes questions that a zone postpones; null to answer all at once
 * @param late answers those that have waited, and what is left of those that were handed on
 */
record ServerParts(
    Published<Catalog> catalog,
    AnswerSettings answers,
    ChaosAnswers chaos,
    List<byte[]> cookieSecrets,
    GuardSettings guards,
    @Nullable RateLimiter limiter,
    Quarantine quarantine,
    InstantSource clock,
    LongSupplier steadyMillis,
    @Nullable SlowPath slowPath,
    @Nullable WaitingRoom waitingRoom,
    WaitingRoom.Late late) {

  private static final long START_NANOS = System.nanoTime();
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Where nobody waits. */
  static final WaitingRoom.Late NEVER = (_, _, _) -> new byte[0];

  private static long sinceStart() {
    return 1 + (System.nanoTime() - START_NANOS) / NANOS_PER_MILLI;
  }

  /** The same where questions may wait or be handed on. */
  ServerParts with(
      @Nullable SlowPath slow, @Nullable WaitingRoom room, WaitingRoom.Late lateAnswers) {
    return new ServerParts(
        catalog,
        answers,
        chaos,
        cookieSecrets,
        guards,
        limiter,
        quarantine,
        clock,
        steadyMillis,
        slow,
        room,
        lateAnswers);
  }

  /** The same with other settings; what was counted so far counts on. */
  ServerParts with(DnsServerSettings settings, List<byte[]> secrets) {
    boolean sameRate = settings.guards().responsesPerSecond() == guards.responsesPerSecond();
    return new ServerParts(
        catalog,
        answers(settings),
        new ChaosAnswers(settings.identity()),
        secrets,
        settings.guards(),
        sameRate ? limiter : settings.guards().limiter(),
        quarantine,
        clock,
        steadyMillis,
        slowPath,
        waitingRoom,
        late);
  }

  private static AnswerSettings answers(DnsServerSettings settings) {
    return new AnswerSettings(
        settings.udp().payloadMax(),
        settings.guards().amplificationMax(),
        settings.identity().id());
  }

  static ServerParts of(
      Published<Catalog> catalog,
      DnsServerSettings settings,
      List<byte[]> cookieSecrets,
      @Nullable SlowPath slowPath) {
    return new ServerParts(
        catalog,
        answers(settings),
        new ChaosAnswers(settings.identity()),
        cookieSecrets,
        settings.guards(),
        settings.guards().limiter(),
        new Quarantine(),
        InstantSource.system(),
        ServerParts::sinceStart,
        slowPath,
        null,
        NEVER);
  }

  /** For one worker, without limits, that shares nothing with others. */
  static ServerParts alone(Published<Catalog> catalog, int udpPayloadMax) {
    return new ServerParts(
        catalog,
        AnswerSettings.ofPayload(udpPayloadMax),
        new ChaosAnswers(ServerIdentity.NONE),
        List.of(new byte[ServerCookies.SECRET_OCTETS]),
        GuardSettings.OFF,
        null,
        new Quarantine(),
        InstantSource.system(),
        ServerParts::sinceStart,
        null,
        null,
        NEVER);
  }
}
