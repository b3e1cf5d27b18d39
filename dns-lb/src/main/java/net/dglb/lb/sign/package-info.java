/**
 * Signed labels: the key of this load balancer's own labels, what it signs in advance with it, and
 * what other load balancers signed for those who back them up. Called by {@code answer} on the
 * control thread.
 */
@NullMarked
package net.dglb.lb.sign;

import org.jspecify.annotations.NullMarked;
