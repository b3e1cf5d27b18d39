/**
 * What load balancers say of themselves: who may claim which prefix, collecting the pages of a
 * large announcement, and the directory of all load balancers known. Called from sessions and from
 * the resolver map.
 */
@NullMarked
package net.dglb.backbone.announce;

import org.jspecify.annotations.NullMarked;
