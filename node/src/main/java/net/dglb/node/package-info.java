/**
 * What every node is: its life cycle, its durable state, its watched files, its metrics and its
 * admin API.
 *
 * <p>Called from the node of each role; calls configuration, identity and time.
 */
@NullMarked
package net.dglb.node;

import org.jspecify.annotations.NullMarked;
