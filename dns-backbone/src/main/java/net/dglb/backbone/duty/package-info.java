/**
 * The life of a label: who is to answer it, who has acknowledged, who was seen to answer DNS, who
 * is leaving. Called from sessions and from demand; tells referrals whom to name. All of it lives
 * on the control thread.
 */
@NullMarked
package net.dglb.backbone.duty;

import org.jspecify.annotations.NullMarked;
