package net.dglb.backbone.registry.api;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import net.dglb.backbone.registry.Registration;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.backbone.registry.state.Ownership;
import net.dglb.backbone.registry.wire.Proof;
import net.dglb.net.DomainName;
import net.dglb.node.AdminAnswer;
import net.dglb.service.EnterpriseZone;
import net.dglb.time.Timeline;
import org.jspecify.annotations.Nullable;

/** Registers a zone for whoever called: shows what would change, proves the zone, stores it. */
final class RegisterCall {

  /**
   * What was asked.
   *
   * @param base the version that it changes
   * @param dryRun only say what would change
   * @param approve the operator approves that the enterprise has the zone
   * @param note for the history
   */
  record Wish(
      EnterpriseZone zone, OptionalLong base, boolean dryRun, boolean approve, String note) {}

  private static final int STORED = 200;
  private static final String ACTION = "put-zone";

  private final ZoneRegistry registry;
  private final Owners owners;
  private final Challenge challenge;
  private final TxtLookup lookup;
  private final ChangeTree changes;
  private final Timeline control;

  RegisterCall(
      ZoneRegistry registry,
      Challenge challenge,
      TxtLookup lookup,
      ChangeTree changes,
      Timeline control) {
    this.registry = registry;
    this.owners = new Owners(registry);
    this.challenge = challenge;
    this.lookup = lookup;
    this.changes = changes;
    this.control = control;
  }

  /** Registers, or only says what that would do, and tells what changes. */
  CompletableFuture<AdminAnswer> answer(Access access, Wish wish) throws Access.DeniedException {
    EnterpriseZone zone = wish.zone();
    Optional<EnterpriseZone> before =
        registry.get(zone.origin()).filter(it -> it.enterprise().equals(zone.enterprise()));
    if (wish.dryRun()) {
      Proof proof = proof(access, wish);
      Optional<AdminAnswer> refusal = refusal(access, wish, proof);
      return refusal.isPresent()
          ? Answers.now(refusal.get())
          : changes.foreseen(before, zone).thenApply(AdminAnswer::ok);
    }
    return store(access, wish)
        .thenCompose(stored ->
            stored.status() == STORED
                ? changes
                    .stored(before, zone)
                    .thenApply(tree -> AdminAnswer.ok(stored.body().mergeIn(tree)))
                : Answers.now(stored));
  }

  /** Registers, and tells no more than whether that was done. */
  CompletableFuture<AdminAnswer> store(Access access, Wish wish) throws Access.DeniedException {
    Proof proof = proof(access, wish);
    if (proof != Proof.PROOF_CHALLENGE) {
      return register(access, wish, proof);
    }
    Optional<AdminAnswer> refusal = refusal(access, wish, proof);
    return refusal.isPresent() ? Answers.now(refusal.get()) : prove(access, wish);
  }

  /** Nobody is shown what another has, and a challenge that could not help is not asked for. */
  private Optional<AdminAnswer> refusal(Access access, Wish wish, Proof proof) {
    ZoneRegistry.Outcome foreseen = registry.dryRun(registration(access, wish, proof));
    note(access, wish, foreseen);
    return foreseen instanceof ZoneRegistry.Outcome.Stored
        ? Optional.empty()
        : Optional.of(Answers.of(foreseen, new JsonObject()));
  }

  private void note(Access access, Wish wish, ZoneRegistry.Outcome foreseen) {
    if (!wish.dryRun()
        && foreseen instanceof ZoneRegistry.Outcome.Refused refused
        && refused.isOfAnother()) {
      owners.note(access, ACTION, wish.zone().origin().toString(), refused.text());
    }
  }

  /** What the enterprise has the zone by, once it has done what it is asked for. */
  private Proof proof(Access access, Wish wish) throws Access.DeniedException {
    EnterpriseZone zone = wish.zone();
    if (wish.dryRun()) {
      access.require(zone.enterprise());
    } else {
      owners.require(access, zone.enterprise(), ACTION, zone.origin().toString());
    }
    if (wish.approve()) {
      requireOperator(access, wish);
    }
    if (!needsProof(zone)) {
      return Proof.PROOF_NONE;
    }
    return wish.approve() ? Proof.PROOF_OPERATOR : Proof.PROOF_CHALLENGE;
  }

  /** Only the operator approves; who asks for it though the zone is another's is noted. */
  private void requireOperator(Access access, Wish wish) throws Access.DeniedException {
    if (access.enterprise().isPresent()) {
      note(access, wish, registry.dryRun(registration(access, wish, Proof.PROOF_CHALLENGE)));
    }
    access.requireOperator();
  }

  private boolean needsProof(EnterpriseZone zone) {
    long now = control.now().toEpochMilli();
    return Ownership.needsProof(registry.state(), zone.origin(), zone.enterprise(), now);
  }

  private static Registration registration(Access access, Wish wish, Proof proof) {
    return new Registration(wish.zone(), access.caller(), proof, wish.base(), wish.note());
  }

  private CompletableFuture<AdminAnswer> prove(Access access, Wish wish) {
    EnterpriseZone zone = wish.zone();
    String wanted = challenge.text(zone.origin(), zone.enterprise());
    CompletableFuture<AdminAnswer> answer = new CompletableFuture<>();
    var _ =
        lookup
            .texts(Challenge.name(zone.origin()))
            .whenComplete((texts, failure) ->
                control.execute(() -> {
                  if (texts != null && challenge.isAmong(texts, zone.origin(), zone.enterprise())) {
                    var _ =
                        register(access, wish, Proof.PROOF_CHALLENGE).thenAccept(answer::complete);
                  } else {
                    answer.complete(unproved(zone, wanted, texts, failure));
                  }
                }));
    return answer;
  }

  private static AdminAnswer unproved(
      EnterpriseZone zone,
      String wanted,
      @Nullable List<String> texts,
      @Nullable Throwable failure) {
    DomainName name = Challenge.name(zone.origin());
    String found =
        texts == null
            ? "the look-up failed: " + why(failure)
            : "found: " + (texts.isEmpty() ? "no TXT record" : String.join(", ", texts));
    String record = "%s. 60 IN TXT \"%s\"".formatted(name, wanted);
    return Answers.unproved(
        "zone "
            + zone.origin()
            + " is not proved to be of enterprise "
            + zone.enterprise()
            + " yet: publish "
            + record
            + " and register again ("
            + found
            + ")",
        new JsonObject()
            .put("name", name.toString())
            .put("type", "TXT")
            .put("text", wanted)
            .put("record", record));
  }

  private static String why(@Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause == null || cause.getMessage() == null ? "no answer" : cause.getMessage();
  }

  private CompletableFuture<AdminAnswer> register(Access access, Wish wish, Proof proof) {
    CompletableFuture<AdminAnswer> answer = new CompletableFuture<>();
    registry.register(
        registration(access, wish, proof),
        outcome -> answer.complete(Answers.of(outcome, ZoneTrees.brief(wish.zone()))));
    return answer;
  }
}
