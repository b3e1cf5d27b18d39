/** Addresses and prefixes: the values that say where a node, a resolver or a client is. */
@NullMarked
package net.dglb.net;

import org.jspecify.annotations.NullMarked;
