/**
 * Addresses and prefixes: the values that say where a node, a resolver or a client is. And what
 * goes wrong at them: addresses that cannot be listened at, connections that nobody reads.
 */
@NullMarked
package net.dglb.net;

import org.jspecify.annotations.NullMarked;
