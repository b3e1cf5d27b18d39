/**
 * What load balancers measured at their places, kept so that a label can be answered without the
 * load balancer that it is named after. Called from sessions; read by referrals and duties.
 */
@NullMarked
package net.dglb.backbone.estimate;

import org.jspecify.annotations.NullMarked;
