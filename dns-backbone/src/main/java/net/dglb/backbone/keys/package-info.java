/**
 * Signing keys of enterprise zones at the backbone: made by one node, shared by all through the
 * registry's log, readable by backbone nodes only. Called on the control thread.
 */
@NullMarked
package net.dglb.backbone.keys;

import org.jspecify.annotations.NullMarked;
