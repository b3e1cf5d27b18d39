package net.dglb.backbone.refer;

import java.time.Instant;
import java.util.Optional;
import net.dglb.decision.AnswerTtl;
import net.dglb.decision.Answers;
import net.dglb.decision.Place;
import net.dglb.decision.Ranking;

/**
 * What the label address answers for a service at a place, with one family, and why.
 *
 * @param inUse whether the label is in use; otherwise nobody has asked for it lately, and the
 *     nearest site stands in
 * @param place for which it was ranked
 * @param ranking what the answer follows from
 * @param answers what is answered, and to whom
 * @param ttl how long that is kept
 * @param since when this node began to answer it; empty if it does not
 */
public record PlaceAnswer(
    boolean inUse,
    Place place,
    Ranking ranking,
    Answers answers,
    AnswerTtl ttl,
    Optional<Instant> since) {}
