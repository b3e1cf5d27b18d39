/**
 * The consensus log: commands in one order that a majority of the backbone nodes has on disk.
 * Called from the registry; calls Apache Ratis, which is seen nowhere else.
 */
@NullMarked
package net.dglb.backbone.registry.log;

import org.jspecify.annotations.NullMarked;
