/**
 * How good the network's choices are: replays estimation, health and ranking under virtual time
 * over a matrix of round trips, and compares with an oracle, geography and round robin. Explained
 * in {@code docs/bench-decisions.md}.
 */
@NullMarked
package net.dglb.bench.decisions;

import org.jspecify.annotations.NullMarked;
