/**
 * Signing at the backbone when something is first asked for: signatures are made on the DNS threads
 * within a budget, kept within bounds, and renewed off those threads. Called by the zones of {@code
 * refer}.
 */
@NullMarked
package net.dglb.backbone.sign;

import org.jspecify.annotations.NullMarked;
