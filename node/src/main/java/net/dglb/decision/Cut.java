package net.dglb.decision;

import java.util.OptionalDouble;

/**
 * By what a step of a chain took a candidate out.
 *
 * @param step its number in the chain, from 1
 * @param value how much worse than the best it is by the step's measure, or which one of the sites
 *     it is, from 1; empty if that is not known or does not count
 * @param most how much worse, or which one, it may be: what is configured, and more for one that
 *     was within; empty where that does not count
 */
public record Cut(int step, OptionalDouble value, OptionalDouble most) {}
