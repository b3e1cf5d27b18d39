/** Tests of the consensus log. */
@NullMarked
package net.dglb.backbone.registry.log;

import org.jspecify.annotations.NullMarked;
