/**
 * Step 1 of an announcement: the resolvers that this load balancer stands beside, from its
 * configuration and from a watched {@code resolv.conf} or DHCP lease file. Called by the node,
 * calls nobody.
 */
@NullMarked
package net.dglb.lb.resolvers;

import org.jspecify.annotations.NullMarked;
