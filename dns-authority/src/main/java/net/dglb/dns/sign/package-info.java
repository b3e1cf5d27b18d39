/**
 * Signing of record sets (DNSSEC, RFC 4033 to 4035): keys, signatures, digests for the parent. Runs
 * off the DNS threads; what it makes is carried by {@link net.dglb.dns.wire.RecordSet}.
 */
@NullMarked
package net.dglb.dns.sign;

import org.jspecify.annotations.NullMarked;
