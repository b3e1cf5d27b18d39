package net.dglb.lb.answer;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import net.dglb.dns.zone.WhoAsks;
import net.dglb.explain.DecisionHistory;
import net.dglb.explain.KeptRanking;
import net.dglb.explain.RankingTree;
import net.dglb.lb.duty.Duties;
import net.dglb.lb.duty.HeldDuty;
import net.dglb.lb.duty.KnownService;
import net.dglb.lb.duty.LabelName;
import net.dglb.measure.estimate.Failure;
import net.dglb.net.DomainName;
import net.dglb.service.ProbeTarget;
import net.dglb.time.Timeline;

/** Explains labels: as they are answered now, at a moment of the past, or were sites taken out. */
public final class LabelExplanations {

  private final Timeline timeline;
  private final Duties duties;
  private final MeasurementPipeline pipeline;
  private final LabelRanker ranker;
  private final ZoneContents contents;
  private final Function<ProbeTarget, List<Failure>> failures;
  private final BiFunction<DomainName, String, Optional<JsonObject>> said;
  private final DecisionHistory history;

  /**
   * Explains what the pipeline decides, and has each change of it kept.
   *
   * @param failures the last failed probes of a target
   * @param said what operators say of a service's site
   */
  public LabelExplanations(
      Timeline timeline,
      Duties duties,
      MeasurementPipeline pipeline,
      LabelRanker ranker,
      ZoneContents contents,
      Function<ProbeTarget, List<Failure>> failures,
      BiFunction<DomainName, String, Optional<JsonObject>> said,
      DecisionHistory history) {
    this.timeline = timeline;
    this.duties = duties;
    this.pipeline = pipeline;
    this.ranker = ranker;
    this.contents = contents;
    this.failures = failures;
    this.said = said;
    this.history = history;
    pipeline.onDecision(this::keep);
  }

  private void keep(LabelName label) {
    now(label, Set.of(), ranking -> KeptRanking.of(ranking, timeline.now()))
        .ifPresent(tree -> history.add(label.toString(), timeline.now(), tree));
  }

  /**
   * Every selected label that is answered here.
   *
   * @param without sites that are to count as taken out
   * @param who for whom, where not everybody gets the same
   */
  public JsonArray now(Predicate<LabelName> selected, Set<String> without, WhoAsks who) {
    JsonArray all = new JsonArray();
    selected(selected).forEach(label -> now(label, without, shown(who)).ifPresent(all::add));
    return all;
  }

  private Function<RankingTree, JsonObject> shown(WhoAsks who) {
    return ranking -> ranking.of(who.slot(ranking.answers()), timeline.now());
  }

  /**
   * Every selected label that is held here and was answered then.
   *
   * @param who for whom, where not everybody got the same
   */
  public JsonArray at(Predicate<LabelName> selected, Instant moment, WhoAsks who) {
    JsonArray all = new JsonArray();
    selected(selected)
        .forEach(label ->
            history
                .at(label.toString(), moment)
                .map(kept -> LabelExplanation.shown(kept, who))
                .ifPresent(all::add));
    return all;
  }

  /** Since when changes are known; empty if there was none yet. */
  public Optional<Instant> reachesBackTo() {
    return history.reachesBackTo();
  }

  private List<LabelName> selected(Predicate<LabelName> selected) {
    return duties.held().stream().map(HeldDuty::label).filter(selected).toList();
  }

  private Optional<JsonObject> now(
      LabelName label, Set<String> without, Function<RankingTree, JsonObject> shown) {
    Optional<HeldDuty> duty = duties.held(label);
    Optional<KnownService> service = duties.service(label.service());
    Optional<LabelAnswer> answer = pipeline.answer(label);
    if (duty.isEmpty() || service.isEmpty() || answer.isEmpty()) {
      return Optional.empty();
    }
    LabelAnswer then =
        without.isEmpty()
            ? answer.get()
            : without(without, duty.get(), service.get(), answer.get());
    return Optional.of(
        new LabelExplanation(
                service.get(),
                ranker.place(duty.get()),
                ranker.view(duty.get()),
                failures,
                said,
                shown)
            .of(duty.get(), then));
  }

  private LabelAnswer without(
      Set<String> sites, HeldDuty duty, KnownService service, LabelAnswer answer) {
    LabelRankings rankings = ranker.without(sites, duty, service.service(), answer.rankings());
    return new LabelAnswer(
        answer.label(),
        answer.since(),
        answer.own(),
        rankings,
        contents.of(duty, service, rankings, answer.contents().signed()),
        answer.zone());
  }
}
