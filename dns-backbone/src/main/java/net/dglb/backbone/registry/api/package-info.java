/**
 * The registry's part of the admin API: enterprises and the operator register zones over HTTP.
 * Called from the admin server; calls the registry.
 */
@NullMarked
package net.dglb.backbone.registry.api;

import org.jspecify.annotations.NullMarked;
