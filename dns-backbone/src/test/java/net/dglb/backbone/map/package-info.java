/** Tests of the shared maps. */
@NullMarked
package net.dglb.backbone.map;

import org.jspecify.annotations.NullMarked;
