/**
 * Labels that their load balancers sign: DS records for the referrals, and the signed records for
 * backups and for this node's own label address. Control thread only.
 */
@NullMarked
package net.dglb.backbone.secure;

import org.jspecify.annotations.NullMarked;
