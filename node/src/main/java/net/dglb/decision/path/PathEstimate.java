package net.dglb.decision.path;

/**
 * An estimated latency. Whoever always takes the lowest expected one has the least regret to
 * expect.
 *
 * @param expectedMillis the mean of what it may be, 0 and up
 * @param lowMillis in about one of six cases it is lower than this
 * @param highMillis in about one of six cases it is higher than this
 */
public record PathEstimate(double expectedMillis, double lowMillis, double highMillis) {}
