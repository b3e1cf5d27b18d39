/**
 * The load balancer node (DNS-LB): stands beside resolvers, announces them, measures the sites and
 * answers with the best. Wires the steps in its subpackages together; nobody calls it but the
 * command.
 */
@NullMarked
package net.dglb.lb;

import org.jspecify.annotations.NullMarked;
