/** Tests of explanations. */
@NullMarked
package net.dglb.backbone.explain;

import org.jspecify.annotations.NullMarked;
