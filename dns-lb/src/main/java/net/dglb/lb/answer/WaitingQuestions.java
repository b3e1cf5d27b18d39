package net.dglb.lb.answer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import net.dglb.dns.serve.SlowPath;
import net.dglb.dns.serve.WaitingRoom;
import net.dglb.net.DomainName;
import net.dglb.time.Timeline;

/**
 * Questions for services whose estimates are too old to answer by: each waits until its service's
 * sites were probed, for a bounded time, and is then answered with what is known. A bounded number
 * waits; DNS threads only count and hand over, all else is done on the control thread.
 */
public final class WaitingQuestions implements WaitingRoom {

  /**
   * Who waits, and for how long.
   *
   * @param olderThan how old the last probes of a service's sites must be for a question to wait;
   *     at least two intervals of a service count
   * @param atMost how long a question waits; zero: none does
   * @param places how many may wait at once
   */
  public record WaitSettings(Duration olderThan, Duration atMost, int places) {

    /** Whether any question waits. */
    public boolean isUsed() {
      return !atMost.isZero();
    }
  }

  /** One that waits, until it was answered. */
  private static final class Waiting {
    private final SlowPath.Request request;
    private final Late late;
    private boolean answered;

    Waiting(SlowPath.Request request, Late late) {
      this.request = request;
      this.late = late;
    }
  }

  private volatile WaitSettings settings;
  private final Timeline timeline;
  private final Predicate<DomainName> isStale;
  private final Consumer<DomainName> wake;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Map<DomainName, List<Waiting>> byService = new HashMap<>();

  /**
   * Nobody waits yet.
   *
   * @param isStale whether the estimates of a service are still too old
   * @param wake has the sites of a service probed
   */
  public WaitingQuestions(
      WaitSettings settings,
      Timeline timeline,
      Predicate<DomainName> isStale,
      Consumer<DomainName> wake) {
    this.settings = settings;
    this.timeline = timeline;
    this.isStale = isStale;
    this.wake = wake;
  }

  /** Lets questions that come from now on wait by other settings. */
  public void use(WaitSettings next) {
    settings = next;
  }

  /** Whether a question may wait, and for estimates of what age. */
  public WaitSettings settings() {
    return settings;
  }

  /** How many wait now; from any thread. */
  public int waiting() {
    return waiting.get();
  }

  @Override
  public boolean take(SlowPath.Request request, DomainName service, Late late) {
    if (waiting.incrementAndGet() > settings.places()) {
      waiting.decrementAndGet();
      return false;
    }
    timeline.execute(() -> arrived(service, new Waiting(request, late)));
    return true;
  }

  private void arrived(DomainName service, Waiting question) {
    List<Waiting> others = byService.computeIfAbsent(service, _ -> new ArrayList<>());
    others.add(question);
    if (others.size() == 1) {
      wake.accept(service);
    }
    timeline.after(settings.atMost(), () -> ended(service, question));
  }

  private void ended(DomainName service, Waiting question) {
    if (!question.answered) {
      List<Waiting> left = byService.getOrDefault(service, new ArrayList<>());
      left.remove(question);
      if (left.isEmpty()) {
        byService.remove(service);
      }
      answer(question);
    }
  }

  /** Answers those that wait no longer in vain; to be called when answers may be others now. */
  public void published() {
    List<DomainName> ready = byService.keySet().stream().filter(isStale.negate()).toList();
    for (DomainName service : ready) {
      List<Waiting> questions = byService.remove(service);
      if (questions != null) {
        questions.forEach(this::answer);
      }
    }
  }

  private void answer(Waiting question) {
    question.answered = true;
    waiting.decrementAndGet();
    SlowPath.Request request = question.request;
    request
        .replies()
        .end(question.late.answer(request.octets(), request.source(), request.transport()));
  }
}
