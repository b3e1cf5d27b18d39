/**
 * What every node says of a decision, as JSON: rankings with their terms and reasons. Called from
 * the admin API's explanations.
 */
@NullMarked
package net.dglb.explain;

import org.jspecify.annotations.NullMarked;
