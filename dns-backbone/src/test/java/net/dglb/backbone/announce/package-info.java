/** Tests. */
@NullMarked
package net.dglb.backbone.announce;

import org.jspecify.annotations.NullMarked;
