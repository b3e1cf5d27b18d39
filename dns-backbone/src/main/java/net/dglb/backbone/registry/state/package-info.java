/**
 * What the registry's commands make: who has which zone in which versions, who may register, and
 * who did what. Pure: the same on every node. Called from the registry.
 */
@NullMarked
package net.dglb.backbone.registry.state;

import org.jspecify.annotations.NullMarked;
