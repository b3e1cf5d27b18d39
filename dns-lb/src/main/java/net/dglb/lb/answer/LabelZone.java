package net.dglb.lb.answer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import net.dglb.decision.AnswerTtl;
import net.dglb.decision.Answers;
import net.dglb.decision.Basis;
import net.dglb.dns.zone.AddressSets;
import net.dglb.dns.zone.AddressZone;
import net.dglb.dns.zone.SignedRecords;
import net.dglb.dns.zone.SoaSettings;
import net.dglb.dns.zone.Zone;
import net.dglb.net.AddressFamily;
import net.dglb.net.DomainName;
import net.dglb.net.PrefixSlots;
import net.dglb.service.AllDown;
import net.dglb.service.Answering;

/**
 * What a label's zone holds; equal contents need no new zone.
 *
 * @param apex the label's apex
 * @param nameServers its NS set, at least one
 * @param nsTtlSeconds not longer than the backbone's referral
 * @param contact who is in charge
 * @param ipv4 what is answered with IPv4 addresses, and to whom
 * @param ipv6 the same with IPv6 addresses
 * @param answering what an answer holds
 * @param allDown what happens while every site is down
 * @param addressTtl how long they are kept, and why
 * @param ipv4Basis what the order of IPv4 addresses rests on
 * @param ipv6Basis the same of IPv6 addresses
 * @param signed what may be answered with signatures; empty if the label is not signed
 */
record LabelZone(
    DomainName apex,
    List<DomainName> nameServers,
    int nsTtlSeconds,
    DomainName contact,
    Answers ipv4,
    Answers ipv6,
    Answering answering,
    AllDown.Rule allDown,
    AnswerTtl addressTtl,
    Basis ipv4Basis,
    Basis ipv6Basis,
    Optional<SignedRecords> signed) {

  private static final int REFRESH_SECONDS = 3_600;
  private static final int RETRY_SECONDS = 600;
  private static final int EXPIRE_SECONDS = 86_400;

  Answers answers(AddressFamily family) {
    return family == AddressFamily.IPV4 ? ipv4 : ipv6;
  }

  /** Each site's share of the answers with each family. */
  Map<AddressFamily, List<Map<String, Double>>> shares() {
    return Map.of(
        AddressFamily.IPV4, List.of(ipv4.shares()), AddressFamily.IPV6, List.of(ipv6.shares()));
  }

  /** Whether it answers everybody alike. */
  boolean isSameForAll() {
    return ipv4.isSameForAll() && ipv6.isSameForAll();
  }

  /**
   * Compiles the zone.
   *
   * @param serial of its SOA
   * @param given counts, by site, the answers that begin with it, where not all get the same
   */
  Zone compile(long serial, Function<String, LongAdder> given) {
    SoaSettings soa =
        new SoaSettings(
            nameServers.getFirst(),
            contact,
            serial & 0xffffffffL,
            REFRESH_SECONDS,
            RETRY_SECONDS,
            EXPIRE_SECONDS,
            addressTtl.seconds(),
            nsTtlSeconds);
    AddressSets sets =
        AddressSets.compile(
            new AddressSets.Decided(ipv4, addressTtl.seconds()),
            new AddressSets.Decided(ipv6, addressTtl.seconds()),
            answering,
            (int) PrefixSlots.mix(serial),
            given);
    Zone zone =
        signed.isPresent()
            ? new AddressZone(apex, signed.get(), nsTtlSeconds, addressTtl.seconds(), sets)
            : new AddressZone(apex, soa, nameServers, nsTtlSeconds, sets);
    if (ipv4Basis.isFounded() && ipv6Basis.isFounded()) {
      return zone;
    }
    Basis weaker = ipv4Basis.compareTo(ipv6Basis) > 0 ? ipv4Basis : ipv6Basis;
    return new ExplainedZone(zone, why(ipv4Basis), why(ipv6Basis), why(weaker));
  }

  /** Why answers are not as good as usual; empty if they are. */
  private String why(Basis basis) {
    return switch (basis) {
      case MEASURED, ESTIMATED, SAVED -> "";
      case UNMEASURED -> "sites are not measured yet: nearest first";
      case ALL_DOWN -> "every site is down: " + allDown.text();
    };
  }
}
