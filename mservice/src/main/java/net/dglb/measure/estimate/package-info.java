/**
 * Step 3 of a measurement: what is known of every target, from all measurements of one place.
 * Called from a node's control thread; the ranker reads it.
 */
@NullMarked
package net.dglb.measure.estimate;

import org.jspecify.annotations.NullMarked;
