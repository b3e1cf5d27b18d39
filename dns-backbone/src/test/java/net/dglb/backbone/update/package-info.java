/** Tests of dynamic updates. */
@NullMarked
package net.dglb.backbone.update;

import org.jspecify.annotations.NullMarked;
