package net.dglb.lb.answer;

import java.util.List;
import net.dglb.lb.duty.HeldDuty;
import net.dglb.lb.duty.KnownService;
import net.dglb.net.AddressFamily;
import net.dglb.net.DomainName;
import net.dglb.service.Ttls;

/**
 * What a label's zone holds, given its rankings.
 *
 * @param ownId the id of this load balancer, named as the name server until the backbone names more
 */
public record ZoneContents(String ownId) {

  /** The label below an enterprise zone's apex that holds the load balancers' names. */
  private static final String NAME_SERVERS = "ns";

  LabelZone of(HeldDuty duty, KnownService known, LabelRankings rankings) {
    List<DomainName> named = duty.duty().nameServers();
    Ttls ttls = known.service().ttls();
    DomainName ownName = known.origin().child(NAME_SERVERS).child(ownId);
    return new LabelZone(
        duty.label().apex(),
        named.isEmpty() ? List.of(ownName) : named,
        (int) Math.min(duty.duty().nameServerTtl().toSeconds(), ttls.referral().toSeconds()),
        known.origin().child("hostmaster"),
        rankings.answers(known.service(), AddressFamily.IPV4),
        rankings.answers(known.service(), AddressFamily.IPV6),
        known.service().answering().rotate(),
        rankings.answerTtl(known.service()).seconds(),
        rankings.basis());
  }
}
