/**
 * What a load balancer keeps on disk, so that it answers from there alone after a restart. Called
 * by every step that has something to keep; calls nobody but the store.
 */
@NullMarked
package net.dglb.lb.state;

import org.jspecify.annotations.NullMarked;
