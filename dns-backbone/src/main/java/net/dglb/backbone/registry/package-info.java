/**
 * The zones that enterprises registered. Called from authorities' sessions; read by referrals and
 * duties.
 */
@NullMarked
package net.dglb.backbone.registry;

import org.jspecify.annotations.NullMarked;
