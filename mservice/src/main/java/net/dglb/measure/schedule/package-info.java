/**
 * Step 2 of a measurement: which targets are probed when. Called from a node's control thread;
 * calls the prober.
 */
@NullMarked
package net.dglb.measure.schedule;

import org.jspecify.annotations.NullMarked;
