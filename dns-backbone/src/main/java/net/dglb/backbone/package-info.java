/**
 * The backbone node: its configuration and its wiring. Called from the command; calls every other
 * package of the module.
 */
@NullMarked
package net.dglb.backbone;

import org.jspecify.annotations.NullMarked;
