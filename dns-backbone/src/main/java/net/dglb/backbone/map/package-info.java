/**
 * The maps that backbone nodes share: sealed, versioned entries, one merge rule, and the journal
 * that outlives the grid. Called from the node's wiring and from sessions; knows nothing of
 * Hazelcast.
 */
@NullMarked
package net.dglb.backbone.map;

import org.jspecify.annotations.NullMarked;
