/** Tests of the registry's admin API. */
@NullMarked
package net.dglb.backbone.registry.api;

import org.jspecify.annotations.NullMarked;
