/**
 * Decisions: estimates and a policy in, a ranking with reasons out. Everything here is a pure
 * function or a small state machine without clock, network or threads.
 */
@NullMarked
package net.dglb.decision;

import org.jspecify.annotations.NullMarked;
