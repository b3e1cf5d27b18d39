/**
 * The life of a zone's keys, wherever it is signed: rolled step by step (RFC 6781, RFC 7583) so
 * that what resolvers hold always validates, kept as text, and shown by the admin API. Called from
 * nodes that sign; calls the signing keys.
 */
@NullMarked
package net.dglb.dns.keys;

import org.jspecify.annotations.NullMarked;
