/**
 * What is known of the sites from here and from other places: keeps the estimates that this load
 * balancer's probes make and those that backbone nodes pass on, and reports its own. Called by the
 * probes and the sessions; rankings read from it.
 */
@NullMarked
package net.dglb.lb.measure;

import org.jspecify.annotations.NullMarked;
