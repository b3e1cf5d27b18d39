package net.dglb.backbone.registry;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.dglb.backbone.registry.log.ConsensusLog;
import net.dglb.backbone.registry.log.LogStatus;
import net.dglb.backbone.registry.state.RegistryState;
import net.dglb.backbone.registry.state.Rules;
import net.dglb.backbone.registry.wire.ChangeVoters;
import net.dglb.backbone.registry.wire.Command;
import net.dglb.backbone.registry.wire.NoteRefused;
import net.dglb.backbone.registry.wire.PutKeys;
import net.dglb.backbone.registry.wire.PutZone;
import net.dglb.backbone.registry.wire.RemoveEnterprise;
import net.dglb.backbone.registry.wire.RemoveZone;
import net.dglb.backbone.registry.wire.SaySites;
import net.dglb.backbone.registry.wire.SealedKeys;
import net.dglb.backbone.registry.wire.ZoneRecord;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.convert.NetworkSayings;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.ZoneTexts;
import net.dglb.time.Timeline;
import org.jspecify.annotations.Nullable;

/**
 * The registry on the consensus log: changes go through the log and are told as stored once a
 * majority of the backbone nodes and this node's journal have them on disk.
 */
public final class LoggedZoneRegistry implements ZoneRegistry {

  /** How long an outcome waits for this node's own tables after the majority has confirmed. */
  private static final Duration CATCH_UP = Duration.ofSeconds(2);

  /** How long it may take to write that to this node's journal. */
  private static final Duration JOURNAL = Duration.ofSeconds(5);

  private static final Outcome NOT_ON_DISK =
      new Outcome.Unavailable(
          "a majority of the backbone nodes has it on disk, but this node cannot write its journal"
              + " (its log says why); it takes effect, and asking again is safe");

  private static final Duration LOOK_AT_LEAVING = Duration.ofSeconds(1);

  private record Waiting(long index, Runnable told) {}

  /** Tells one outcome, once. */
  private static final class Answer {
    private final Consumer<Outcome> told;
    private boolean given;

    Answer(Consumer<Outcome> told) {
      this.told = told;
    }

    void give(Outcome outcome) {
      if (!given) {
        given = true;
        told.accept(outcome);
      }
    }
  }

  private final ConsensusLog log;
  private final RegistryTables tables;
  private final ServedZones served;
  private final DomainName infrastructure;
  private final Supplier<Duration> quarantine;
  private final Consumer<Runnable> afterCommit;
  private final Timeline timeline;
  private final RefusedNotes refusals;
  private final List<Waiting> waiting = new ArrayList<>();
  private final AtomicBoolean refreshDue = new AtomicBoolean();
  private Runnable listener = () -> {};
  private Runnable appliedListener = () -> {};

  /**
   * Serves what the journal holds.
   *
   * @param log takes the commands to these tables
   * @param infrastructure the backbone's own zone, which nobody may register over
   * @param quarantine for how long, by now, nobody else may have a removed zone
   * @param afterCommit runs a task on the control thread once the journal is on disk
   */
  public LoggedZoneRegistry(
      ConsensusLog log,
      RegistryTables tables,
      Map<String, byte[]> journal,
      DomainName infrastructure,
      Supplier<Duration> quarantine,
      Consumer<Runnable> afterCommit,
      Timeline timeline) {
    this.log = log;
    this.tables = tables;
    this.served = new ServedZones(journal);
    this.infrastructure = infrastructure;
    this.quarantine = quarantine;
    this.afterCommit = afterCommit;
    this.timeline = timeline;
    this.refusals = new RefusedNotes(this::write, timeline);
    tables.onApplied(() -> {
      if (refreshDue.compareAndSet(false, true)) {
        timeline.execute(this::refresh);
      }
    });
    timeline.every(LOOK_AT_LEAVING, LOOK_AT_LEAVING, () -> changed(served.expire(timeline.now())));
  }

  @Override
  public void onChange(Runnable listener) {
    this.listener = listener;
  }

  @Override
  public void onApplied(Runnable listener) {
    this.appliedListener = listener;
  }

  @Override
  public void register(Registration asked, Consumer<Outcome> outcome) {
    Outcome foreseen = dryRun(asked);
    if (foreseen instanceof Outcome.Refused refused && refused.isOfAnother()) {
      // Refused here, so that attempts cannot fill the log.
      String origin = asked.zone().origin().toString();
      refused(new Refusal("put-zone", origin, refused.text(), asked.caller()));
      outcome.accept(foreseen);
      return;
    }
    PutZone put = asked.toWire();
    // Authorities say at every session what is served already: no entry in the log for that.
    OptionalLong stored = state().stored(put);
    if (stored.isPresent()) {
      outcome.accept(new Outcome.Stored(stored.getAsLong()));
    } else {
      submit(command(asked.caller()).setPutZone(put).build(), outcome);
    }
  }

  @Override
  public Outcome dryRun(Registration asked) {
    Command command = command(asked.caller()).setPutZone(asked.toWire()).build();
    return overlap(asked.zone().origin())
        .orElseGet(() -> LogOutcomes.of(state().apply(command).outcome()));
  }

  private Optional<Outcome> overlap(DomainName origin) {
    if (!infrastructure.isAtOrBelow(origin) && !origin.isAtOrBelow(infrastructure)) {
      return Optional.empty();
    }
    String text = "zone " + origin + " overlaps the backbone's own zone " + infrastructure;
    return Optional.of(new Outcome.Refused(Reason.OWNED, text));
  }

  @Override
  public void remove(Removal removal, Consumer<Outcome> outcome) {
    RemoveZone.Builder remove =
        RemoveZone.newBuilder()
            .setOrigin(removal.origin().toString())
            .setQuarantineMillis(quarantine.get().toMillis())
            .setByOwner(removal.byOwner());
    removal.base().ifPresent(remove::setBase);
    submit(command(removal.caller()).setRemoveZone(remove).build(), outcome);
  }

  @Override
  public void admit(Admission admission, Consumer<Outcome> outcome) {
    submit(command(admission.caller()).setPutEnterprise(admission.toWire()).build(), outcome);
  }

  @Override
  public void dismiss(Dismissal dismissal, Consumer<Outcome> outcome) {
    RemoveEnterprise remove =
        RemoveEnterprise.newBuilder()
            .setName(dismissal.enterprise())
            .setWithZones(dismissal.withZones())
            .setQuarantineMillis(quarantine.get().toMillis())
            .build();
    submit(command(dismissal.caller()).setRemoveEnterprise(remove).build(), outcome);
  }

  @Override
  public void update(Update asked, Consumer<Outcome> outcome) {
    submit(command(asked.caller()).setUpdateZone(asked.toWire()).build(), outcome);
  }

  @Override
  public void key(KeyWish wish, Consumer<Outcome> outcome) {
    submit(command(wish.caller()).setPutUpdateKey(wish.toWire()).build(), outcome);
  }

  @Override
  public void say(SiteWish wish, Consumer<Outcome> outcome) {
    SaySites say =
        SaySites.newBuilder()
            .setPattern(wish.pattern())
            .setState(wish.state())
            .setWho(wish.who())
            .setWhy(wish.why())
            .build();
    submit(command(wish.caller()).setSaySites(say).build(), outcome);
  }

  @Override
  public void refused(Refusal refusal) {
    refusals.note(refusal);
  }

  @Override
  public CompletableFuture<Void> noteCounted() {
    return refusals.flush();
  }

  private void write(Refusal refusal, Consumer<Boolean> written) {
    NoteRefused note =
        NoteRefused.newBuilder()
            .setSubject(refusal.subject())
            .setText(refusal.action() + ": " + refusal.text())
            .build();
    submit(
        command(refusal.caller()).setNoteRefused(note).build(),
        outcome -> written.accept(outcome instanceof Outcome.Stored));
  }

  @Override
  public NetworkSayings said() {
    return served.said();
  }

  @Override
  public ZoneTexts texts(DomainName origin) {
    return served.texts(origin);
  }

  @Override
  public void change(VoterWish wish, Consumer<Outcome> outcome) {
    ChangeVoters.Builder note = ChangeVoters.newBuilder().setNode(wish.node());
    wish.endpoint().map(Endpoint::toString).ifPresent(note::setEndpoint);
    submit(
        command(wish.caller()).setChangeVoters(note).build(),
        noted -> {
          if (noted instanceof Outcome.Stored) {
            changeVoters(wish, outcome);
          } else {
            outcome.accept(noted);
          }
        });
  }

  private void changeVoters(VoterWish wish, Consumer<Outcome> outcome) {
    var _ =
        wish.endpoint()
            .map(endpoint -> log.add(wish.node(), endpoint))
            .orElseGet(() -> log.remove(wish.node()))
            .whenComplete((_, failure) ->
                timeline.execute(() ->
                    outcome.accept(
                        failure == null ? new Outcome.Stored(0) : LogOutcomes.failed(failure))));
  }

  @Override
  public void putKeys(PutKeys keys, Caller caller, Consumer<Outcome> outcome) {
    submit(command(caller).setPutKeys(keys).build(), outcome);
  }

  @Override
  public SealedKeys keys(DomainName origin) {
    return served.keys(origin);
  }

  @Override
  public Optional<EnterpriseZone> get(DomainName origin) {
    return served.registered(origin);
  }

  @Override
  public List<EnterpriseZone> list() {
    return served.registered();
  }

  @Override
  public Optional<EnterpriseZone> answered(DomainName origin) {
    return served.answered(origin);
  }

  @Override
  public List<EnterpriseZone> answered() {
    return served.answered();
  }

  @Override
  public List<Leaving> leaving() {
    return served.leaving();
  }

  @Override
  public Optional<Leaving> removed(DomainName origin) {
    ZoneRecord record = state().zones().get(origin);
    if (record == null || !record.hasRemoval() || served.answered(origin).isPresent()) {
      return Optional.empty();
    }
    long until = record.getRemoval().getAnsweredUntilEpochMillis();
    try {
      EnterpriseZone last = ZoneRegistry.model(RegistryState.last(record));
      return Optional.of(new Leaving(origin, last, Instant.ofEpochMilli(until)));
    } catch (MalformedMessageException e) {
      return Optional.empty();
    }
  }

  @Override
  public RegistryState state() {
    return tables.applied().state();
  }

  @Override
  public LogStatus log() {
    return log.status();
  }

  private Command.Builder command(Caller caller) {
    return Command.newBuilder()
        .setId(ByteString.copyFromUtf8(UUID.randomUUID().toString()))
        .setRules(Rules.NOW)
        .setAtEpochMillis(timeline.now().toEpochMilli())
        .setActor(caller.actor())
        .setSource(caller.source());
  }

  private void submit(Command command, Consumer<Outcome> outcome) {
    var _ =
        log.submit(command.toByteString())
            .whenComplete(
                (accepted, failure) -> timeline.execute(() -> told(accepted, failure, outcome)));
  }

  private void told(
      ConsensusLog.@Nullable Accepted accepted,
      @Nullable Throwable failure,
      Consumer<Outcome> outcome) {
    if (accepted == null) {
      outcome.accept(LogOutcomes.failed(failure));
      return;
    }
    Outcome made = LogOutcomes.read(accepted.outcome());
    Answer answer = new Answer(outcome);
    Waiting told = new Waiting(accepted.index(), () -> afterCommit.accept(() -> answer.give(made)));
    waiting.add(told);
    timeline.after(CATCH_UP, () -> tell(List.of(told)));
    timeline.after(CATCH_UP.plus(JOURNAL), () -> answer.give(NOT_ON_DISK));
    refresh();
  }

  private void refresh() {
    refreshDue.set(false);
    RegistryTables.Applied applied = tables.applied();
    changed(served.take(applied, timeline.now()));
    tell(waiting.stream().filter(each -> each.index() <= applied.index()).toList());
    appliedListener.run();
  }

  private void changed(boolean isDifferent) {
    if (isDifferent) {
      afterCommit.accept(() -> {});
      listener.run();
    }
  }

  private void tell(List<Waiting> due) {
    for (Waiting each : due) {
      if (waiting.remove(each)) {
        each.told().run();
      }
    }
  }
}
