package net.dglb.lb;

import java.time.Duration;
import net.dglb.lb.announce.Announcer;
import net.dglb.lb.duty.Duties;
import net.dglb.lb.session.BackboneSessions;
import net.dglb.time.Cancellable;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An orderly end: withdraws at every backbone node and goes on answering until no resolver can come
 * any more, because the time that the backbone asked for is over or no label is left.
 */
final class Leaving {

  private static final Logger LOG = LoggerFactory.getLogger(Leaving.class);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration ACKNOWLEDGE_WITHIN = Duration.ofSeconds(5);

  private final Timeline timeline;
  private final Announcer announcer;
  private final BackboneSessions sessions;
  private final Duties duties;
  private State state = new Staying();

  private sealed interface State {}

  private record Staying() implements State {}

  private record Withdrawing(long untilNanos) implements State {}

  private record ServingOn(long untilNanos) implements State {}

  private record Gone() implements State {}

  Leaving(Timeline timeline, Announcer announcer, BackboneSessions sessions, Duties duties) {
    this.timeline = timeline;
    this.announcer = announcer;
    this.sessions = sessions;
    this.duties = duties;
  }

  /** Begins; calls back once at the end. Doing it again does nothing. */
  void start(Duration atMost, Runnable gone) {
    if (!(state instanceof Staying)) {
      return;
    }
    announcer.withdraw("orderly stop");
    state = new Withdrawing(timeline.nanoTime() + ACKNOWLEDGE_WITHIN.toNanos());
    Cancellable[] looking = new Cancellable[1];
    looking[0] =
        timeline.every(
            Duration.ZERO,
            LOOK,
            () -> {
              look(atMost);
              if (state instanceof Gone) {
                looking[0].cancel();
                gone.run();
              }
            });
  }

  private void look(Duration atMost) {
    long now = timeline.nanoTime();
    if (state instanceof Withdrawing withdrawing
        && (announcer.isAcknowledgedByAll() || now >= withdrawing.untilNanos)) {
      Duration serve = serveFor();
      Duration bounded = serve.compareTo(atMost) > 0 ? atMost : serve;
      LOG.info(
          "withdrawn; answering goes on for {} s ({} s were asked for)",
          bounded.toSeconds(),
          serve.toSeconds());
      state = new ServingOn(now + bounded.toNanos());
    }
    if (state instanceof ServingOn serving
        && (now >= serving.untilNanos || duties.held().isEmpty())) {
      state = new Gone();
    }
  }

  /** What the backbone asked for; with nobody to ask, as long as NS set and CNAME may be cached. */
  private Duration serveFor() {
    if (!sessions.open().isEmpty() && announcer.isAcknowledgedByAll()) {
      return announcer.serveFor();
    }
    Duration longest =
        duties.held().stream()
            .map(held -> held.duty().nameServerTtl())
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    Duration cached = longest.multipliedBy(2);
    return cached.compareTo(announcer.serveFor()) > 0 ? cached : announcer.serveFor();
  }

  /** For status pages. */
  String inWords() {
    return switch (state) {
      case Staying _ -> "no";
      case Withdrawing _ -> "withdrawing";
      case ServingOn serving ->
          "withdrawn, answering for another "
              + Duration.ofNanos(Math.max(0, serving.untilNanos - timeline.nanoTime())).toSeconds()
              + " s";
      case Gone _ -> "gone";
    };
  }
}
