/**
 * Signatures of whole messages by shared keys (TSIG, RFC 8945), away from the query path. Called
 * from zone transfers, notifications and updates; calls nobody.
 */
@NullMarked
package net.dglb.dns.tsig;

import org.jspecify.annotations.NullMarked;
