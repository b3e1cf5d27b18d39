/** Tests of the registry's pure state. */
@NullMarked
package net.dglb.backbone.registry.state;

import org.jspecify.annotations.NullMarked;
