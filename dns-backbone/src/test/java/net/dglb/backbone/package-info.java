/** Tests of the backbone node, and what tests of its parts share. */
@NullMarked
package net.dglb.backbone;

import org.jspecify.annotations.NullMarked;
