/**
 * What a shared cache may do: the decisions of RFC 9111, RFC 5861 and RFC 9213 as pure functions
 * over immutable values.
 *
 * <p>The order of a request: {@link Reuse} (may a stored response be used), else the origin is
 * asked; then {@link Freshening} (it said 304) or {@link Storability} (it said something new) and
 * {@link Invalidation} (the method was unsafe); at last {@link Delivery} (what of the stored
 * response the client gets). Every result names its reason.
 */
@NullMarked
package net.dglb.proxy.cache;

import org.jspecify.annotations.NullMarked;
