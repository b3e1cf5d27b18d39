/** Tests of what backbone nodes tell one another of themselves. */
@NullMarked
package net.dglb.backbone.peers;

import org.jspecify.annotations.NullMarked;
