package net.dglb.lb.answer;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.dglb.decision.Basis;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.Query;
import net.dglb.dns.zone.AddressZone;
import net.dglb.dns.zone.SoaSettings;
import net.dglb.dns.zone.Zone;
import net.dglb.net.DomainName;

/**
 * What a label's zone holds; equal contents need no new zone.
 *
 * @param apex the label's apex
 * @param nameServers its NS set, at least one
 * @param nsTtlSeconds not longer than the backbone's referral
 * @param contact who is in charge
 * @param addresses best first
 * @param addressTtlSeconds how long they are kept
 * @param basis what the order rests on
 */
record LabelZone(
    DomainName apex,
    List<DomainName> nameServers,
    int nsTtlSeconds,
    DomainName contact,
    List<InetAddress> addresses,
    int addressTtlSeconds,
    Basis basis) {

  private static final int REFRESH_SECONDS = 3_600;
  private static final int RETRY_SECONDS = 600;
  private static final int EXPIRE_SECONDS = 86_400;

  /** RFC 8914 section 4.1: an error that no other code describes. */
  private static final int OTHER_ERROR = 0;

  Zone compile(long serial) {
    SoaSettings soa =
        new SoaSettings(
            nameServers.getFirst(),
            contact,
            serial & 0xffffffffL,
            REFRESH_SECONDS,
            RETRY_SECONDS,
            EXPIRE_SECONDS,
            addressTtlSeconds,
            nsTtlSeconds);
    Zone zone = new AddressZone(apex, soa, nameServers, nsTtlSeconds, addressTtlSeconds, addresses);
    return switch (basis) {
      case MEASURED, SAVED -> zone;
      case UNMEASURED -> new ExplainedZone(zone, "sites are not measured yet: nearest first");
      case ALL_DOWN -> new ExplainedZone(zone, "every site is down: the last good order");
    };
  }

  /** A zone whose answers say why they are not as good as usual (RFC 8914). */
  private static final class ExplainedZone implements Zone {
    private final Zone zone;
    private final byte[] text;

    ExplainedZone(Zone zone, String text) {
      this.zone = zone;
      this.text = text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public DomainName apex() {
      return zone.apex();
    }

    @Override
    public void answer(Query query, Answer answer) {
      zone.answer(query, answer);
      answer.extendedError(OTHER_ERROR, text);
    }
  }
}
