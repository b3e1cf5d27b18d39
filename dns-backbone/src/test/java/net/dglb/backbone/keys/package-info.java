/** Tests of the keys of enterprise zones. */
@NullMarked
package net.dglb.backbone.keys;

import org.jspecify.annotations.NullMarked;
