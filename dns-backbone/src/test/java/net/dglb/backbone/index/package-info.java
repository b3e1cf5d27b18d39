/** Tests. */
@NullMarked
package net.dglb.backbone.index;

import org.jspecify.annotations.NullMarked;
