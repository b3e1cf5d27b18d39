/** Tests of a whole load balancer, in memory and over the network. */
@NullMarked
package net.dglb.lb;

import org.jspecify.annotations.NullMarked;
