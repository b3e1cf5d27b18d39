/**
 * What backbone nodes tell one another of themselves: names and addresses, and whom they hear.
 * Called from the node's wiring; read by everything that asks whether a load balancer is live.
 */
@NullMarked
package net.dglb.backbone.peers;

import org.jspecify.annotations.NullMarked;
