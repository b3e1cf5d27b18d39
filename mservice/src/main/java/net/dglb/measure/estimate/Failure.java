package net.dglb.measure.estimate;

import java.time.Instant;
import net.dglb.measure.probe.Outcome;

/**
 * A probe that failed, for people.
 *
 * @param at when it ended
 * @param outcome how it ended
 * @param detail what was wrong
 */
public record Failure(Instant at, Outcome outcome, String detail) {}
