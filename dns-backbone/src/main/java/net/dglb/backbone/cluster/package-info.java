/**
 * The grid that carries the shared maps between backbone nodes. It carries and does not decide:
 * what is true is decided by the merge rule of {@code net.dglb.backbone.map}. The only package that
 * knows Hazelcast. Called from the node's wiring.
 */
@NullMarked
package net.dglb.backbone.cluster;

import org.jspecify.annotations.NullMarked;
