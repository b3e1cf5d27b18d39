/**
 * DNS messages in place: parses a query from a thread-owned buffer and writes the answer behind its
 * question. Called from {@code serve} and from zones, of which it knows nothing.
 */
@NullMarked
package net.dglb.dns.wire;

import org.jspecify.annotations.NullMarked;
