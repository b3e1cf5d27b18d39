/** Tests. */
@NullMarked
package net.dglb.backbone.cluster;

import org.jspecify.annotations.NullMarked;
