/**
 * Step 2 of an announcement: tells every backbone node where this load balancer answers and whom it
 * stands beside, with versions that only grow, and takes it back when it leaves. Called by the node
 * and the sessions.
 */
@NullMarked
package net.dglb.lb.announce;

import org.jspecify.annotations.NullMarked;
