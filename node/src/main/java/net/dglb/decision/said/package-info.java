/**
 * What operators say of sites, above what probes say. Called by load balancers, by the backbone's
 * registry and by the mapping protocol.
 */
@NullMarked
package net.dglb.decision.said;

import org.jspecify.annotations.NullMarked;
