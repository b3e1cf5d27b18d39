package net.dglb.backbone.registry.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import net.dglb.backbone.refer.TouchedPrefixes;
import net.dglb.backbone.registry.Registration;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.backbone.registry.state.Ownership;
import net.dglb.backbone.registry.wire.Proof;
import net.dglb.net.DomainName;
import net.dglb.node.AdminAnswer;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.RegistrationDocument;
import net.dglb.service.ZoneDiff;
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

  private final ZoneRegistry registry;
  private final Challenge challenge;
  private final TxtLookup lookup;
  private final RecordsToAdd records;
  private final Function<EnterpriseZone, TouchedPrefixes> touchedPrefixes;
  private final Executor control;

  RegisterCall(
      ZoneRegistry registry,
      Challenge challenge,
      TxtLookup lookup,
      RecordsToAdd records,
      Function<EnterpriseZone, TouchedPrefixes> touchedPrefixes,
      Executor control) {
    this.registry = registry;
    this.challenge = challenge;
    this.lookup = lookup;
    this.records = records;
    this.touchedPrefixes = touchedPrefixes;
    this.control = control;
  }

  CompletableFuture<AdminAnswer> answer(Access access, Wish wish) throws Access.DeniedException {
    EnterpriseZone zone = wish.zone();
    access.require(zone.enterprise());
    if (wish.approve()) {
      access.requireOperator();
    }
    Proof proof = proof(wish);
    boolean isChallenge = proof == Proof.PROOF_CHALLENGE;
    if (!wish.dryRun() && !isChallenge) {
      return register(access, wish, proof);
    }
    // Nobody is shown what another has, and a challenge that could not help is not asked for.
    ZoneRegistry.Outcome foreseen = registry.dryRun(registration(access, wish, proof));
    if (!(foreseen instanceof ZoneRegistry.Outcome.Stored)) {
      return Answers.now(Answers.of(foreseen, new JsonObject()));
    }
    return wish.dryRun() ? Answers.now(AdminAnswer.ok(changes(wish))) : prove(access, wish);
  }

  /** What the enterprise has the zone by, once it has done what it is asked for. */
  private Proof proof(Wish wish) {
    EnterpriseZone zone = wish.zone();
    if (!Ownership.needsProof(registry.state(), zone.origin(), zone.enterprise())) {
      return Proof.PROOF_NONE;
    }
    return wish.approve() ? Proof.PROOF_OPERATOR : Proof.PROOF_CHALLENGE;
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
                  if (texts != null && texts.contains(wanted)) {
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
            ? "the look-up failed: " + (failure == null ? "no answer" : failure.getMessage())
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

  private CompletableFuture<AdminAnswer> register(Access access, Wish wish, Proof proof) {
    JsonObject stored = ZoneTrees.brief(wish.zone()).mergeIn(changes(wish));
    CompletableFuture<AdminAnswer> answer = new CompletableFuture<>();
    registry.register(
        registration(access, wish, proof), outcome -> answer.complete(Answers.of(outcome, stored)));
    return answer;
  }

  /** What differs from what is served, for how many prefixes, and what to publish. */
  private JsonObject changes(Wish wish) {
    EnterpriseZone zone = wish.zone();
    Optional<EnterpriseZone> before =
        registry.get(zone.origin()).filter(it -> it.enterprise().equals(zone.enterprise()));
    List<String> lines = ZoneDiff.of(before, zone);
    TouchedPrefixes touched = lines.isEmpty() ? TouchedPrefixes.NONE : touchedPrefixes.apply(zone);
    return new JsonObject()
        .put("origin", zone.origin().toString())
        .put("base", before.map(EnterpriseZone::version).orElse(0L))
        .put("changes", new JsonArray(lines))
        .put("resolver-prefixes", touched.announced())
        .put("computed-prefixes", touched.computed())
        .put("located-prefixes", touched.located())
        .put("exact", touched.exact())
        .put("records", new JsonArray(records.of(zone)))
        .put("document", RegistrationDocument.render(zone));
  }
}
