/**
 * Zone transfers out: what a zone holds, how it changed, and the messages that tell a secondary
 * (RFC 5936, RFC 1995) and make it ask (RFC 1996). Called from the slow path and from whoever
 * publishes zones; calls signatures.
 */
@NullMarked
package net.dglb.dns.transfer;

import org.jspecify.annotations.NullMarked;
