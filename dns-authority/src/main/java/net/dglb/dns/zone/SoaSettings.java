package net.dglb.dns.zone;

import java.nio.ByteBuffer;
import net.dglb.dns.wire.RecordSet;
import net.dglb.dns.wire.RecordSetBuilder;
import net.dglb.dns.wire.RecordType;
import net.dglb.net.DomainName;

/**
 * The SOA record of a zone that is not read from a file (RFC 1035 section 3.3.13).
 *
 * @param primary the primary name server
 * @param contact the mailbox of who is in charge, as a name
 * @param serial the zone's version, 0 to 2^32-1
 * @param refreshSeconds how often a secondary asks
 * @param retrySeconds how often it asks again after a failure
 * @param expireSeconds when it gives up
 * @param minimumSeconds how long a negative answer is kept (RFC 2308)
 * @param ttlSeconds the record's own TTL
 */
public record SoaSettings(
    DomainName primary,
    DomainName contact,
    long serial,
    int refreshSeconds,
    int retrySeconds,
    int expireSeconds,
    int minimumSeconds,
    int ttlSeconds) {

  private static final int NUMBERS_OCTETS = 20;

  /** Checks the ranges. */
  public SoaSettings {
    if (serial < 0 || serial > 0xffffffffL) {
      throw new IllegalArgumentException("serial: " + serial + " (expected 0 to 4294967295)");
    }
    int least =
        Math.min(
            Math.min(refreshSeconds, retrySeconds),
            Math.min(Math.min(expireSeconds, minimumSeconds), ttlSeconds));
    if (least < 0) {
      throw new IllegalArgumentException("SOA time: " + least + " (expected 0 to 2147483647)");
    }
  }

  /** The same with another serial. */
  public SoaSettings withSerial(long other) {
    return new SoaSettings(
        primary,
        contact,
        other,
        refreshSeconds,
        retrySeconds,
        expireSeconds,
        minimumSeconds,
        ttlSeconds);
  }

  /** The record for positive answers, owned by the apex. */
  public RecordSet compile(DomainName apex) {
    return compile(apex, ttlSeconds);
  }

  /** The record for negative answers: its TTL is min(TTL, MINIMUM) (RFC 2308 section 3). */
  public RecordSet compileNegative(DomainName apex) {
    return compile(apex, Math.min(ttlSeconds, minimumSeconds));
  }

  private RecordSet compile(DomainName apex, int ttl) {
    byte[] numbers =
        ByteBuffer.allocate(NUMBERS_OCTETS)
            .putInt((int) serial)
            .putInt(refreshSeconds)
            .putInt(retrySeconds)
            .putInt(expireSeconds)
            .putInt(minimumSeconds)
            .array();
    return new RecordSetBuilder(RecordType.SOA, ttl, apex)
        .soa(primary.toWire(), contact.toWire(), numbers)
        .build();
  }
}
