/**
 * The sessions to the backbone nodes: which nodes there are, which sessions are open, and who hears
 * what comes over them. Called by the mapping protocol's client; calls the steps of the load
 * balancer.
 */
@NullMarked
package net.dglb.lb.session;

import org.jspecify.annotations.NullMarked;
