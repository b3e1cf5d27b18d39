/**
 * Explains how this node answers a question: asks the published tables what the DNS threads ask
 * them, and puts beside it what the control thread knows of the reasons. Called from the admin API.
 */
@NullMarked
package net.dglb.backbone.explain;

import org.jspecify.annotations.NullMarked;
