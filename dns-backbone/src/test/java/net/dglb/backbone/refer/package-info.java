/** Tests. */
@NullMarked
package net.dglb.backbone.refer;

import org.jspecify.annotations.NullMarked;
