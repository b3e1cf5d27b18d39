/**
 * Plans a lab: which nodes, sites and resolvers there are, in which city, at which address. Pure;
 * called from the lab's run.
 */
@NullMarked
package net.dglb.lab.plan;

import org.jspecify.annotations.NullMarked;
