/** Tests. */
@NullMarked
package net.dglb.backbone.duty;

import org.jspecify.annotations.NullMarked;
