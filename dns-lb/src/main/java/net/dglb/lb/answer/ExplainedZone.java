package net.dglb.lb.answer;

import java.nio.charset.StandardCharsets;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.ExtendedError;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.RecordType;
import net.dglb.dns.zone.Zone;
import net.dglb.net.DomainName;

/** A zone whose answers say why they are not as good as usual (RFC 8914). */
final class ExplainedZone implements Zone {

  private final Zone zone;
  private final byte[] ipv4;
  private final byte[] ipv6;
  private final byte[] others;

  /**
   * Adds to a zone's answers.
   *
   * @param ipv4 why A records are not; empty if they are as good as usual
   * @param ipv6 the same of AAAA records
   * @param others the same of records of all other types
   */
  ExplainedZone(Zone zone, String ipv4, String ipv6, String others) {
    this.zone = zone;
    this.ipv4 = ipv4.getBytes(StandardCharsets.UTF_8);
    this.ipv6 = ipv6.getBytes(StandardCharsets.UTF_8);
    this.others = others.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public DomainName apex() {
    return zone.apex();
  }

  @Override
  public void answer(Query query, Answer answer) {
    zone.answer(query, answer);
    byte[] text = text(query.type());
    if (text.length > 0) {
      answer.extendedError(ExtendedError.OTHER_ERROR, text);
    }
  }

  private byte[] text(int type) {
    return switch (type) {
      case RecordType.A -> ipv4;
      case RecordType.AAAA -> ipv6;
      default -> others;
    };
  }
}
