/**
 * End to end: a whole network in its own processes, real resolvers in front of it, real deaths.
 * Every test that needs a tool which is not installed reports itself as skipped, by name.
 */
@NullMarked
package net.dglb.it;

import org.jspecify.annotations.NullMarked;
