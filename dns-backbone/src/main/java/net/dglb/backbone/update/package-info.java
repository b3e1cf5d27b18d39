/**
 * Dynamic updates (RFC 2136) and transfers of enterprise zones: what a zone looks like as records,
 * and what records make of a zone. Called from the slow path; calls the registry.
 */
@NullMarked
package net.dglb.backbone.update;

import org.jspecify.annotations.NullMarked;
