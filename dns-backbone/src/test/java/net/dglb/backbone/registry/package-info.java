/** Tests of the registry. */
@NullMarked
package net.dglb.backbone.registry;

import org.jspecify.annotations.NullMarked;
