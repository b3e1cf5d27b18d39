package net.dglb.lb.answer;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import net.dglb.decision.AnswerTtl;
import net.dglb.dns.zone.SignedRecords;
import net.dglb.lb.duty.HeldDuty;
import net.dglb.lb.duty.KnownService;
import net.dglb.net.AddressFamily;
import net.dglb.net.DomainName;
import net.dglb.service.Service;

/**
 * What a label's zone holds, given its rankings.
 *
 * @param ownId the id of this load balancer, named as the name server until the backbone names more
 * @param idle whether nobody has asked for a service for long: its sites are probed rarely, so that
 *     whoever asks first is to come back soon
 */
public record ZoneContents(String ownId, Predicate<DomainName> idle) {

  /** The label below an enterprise zone's apex that holds the load balancers' names. */
  private static final String NAME_SERVERS = "ns";

  /** The label's NS set: as the backbone names it, and before that this load balancer alone. */
  List<DomainName> nameServers(HeldDuty duty, KnownService known) {
    List<DomainName> named = duty.duty().nameServers();
    return named.isEmpty() ? List.of(known.origin().child(NAME_SERVERS).child(ownId)) : named;
  }

  /** How long that is kept: not longer than the backbone's referral. */
  Duration nameServerTtl(HeldDuty duty, KnownService known) {
    Duration asked = duty.duty().nameServerTtl();
    Duration most = known.service().ttls().referral();
    return asked.compareTo(most) < 0 ? asked : most;
  }

  LabelZone of(
      HeldDuty duty, KnownService known, LabelRankings rankings, Optional<SignedRecords> signed) {
    return new LabelZone(
        duty.label().apex(),
        nameServers(duty, known),
        (int) nameServerTtl(duty, known).toSeconds(),
        known.origin().child("hostmaster"),
        rankings.answers(known.service(), AddressFamily.IPV4),
        rankings.answers(known.service(), AddressFamily.IPV6),
        known.service().answering(),
        known.service().allDown().answer(),
        ttl(known.service(), rankings),
        rankings.basis(AddressFamily.IPV4),
        rankings.basis(AddressFamily.IPV6),
        signed);
  }

  private AnswerTtl ttl(Service service, LabelRankings rankings) {
    AnswerTtl ttl = rankings.answerTtl(service);
    return idle.test(service.name())
        ? ttl.atMost(service.ttls().changing(), AnswerTtl.Reason.IDLE)
        : ttl;
  }
}
