package net.dglb.dns.sign;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/**
 * Signs whole zones (RFC 4035 section 2): adds the chain of NSEC records, and signatures over all
 * that the zone is authoritative for. Signatures of before are used on while their sets are the
 * same and their end is far enough away.
 */
public final class ZoneSigner {

  private final RecordSigner signer;
  private final Duration renewBefore;
  private final InstantSource clock;

  /**
   * Takes its parts.
   *
   * @param renewBefore how long before its end a signature is made again
   */
  public ZoneSigner(RecordSigner signer, Duration renewBefore, InstantSource clock) {
    this.signer = signer;
    this.renewBefore = renewBefore;
    this.clock = clock;
  }

  /**
   * Signs a zone.
   *
   * @param records of the whole zone, with its DNSKEY records; one SOA record at the apex. What it
   *     has of signatures and denials is left out
   * @param unknown names whose records are not known yet: the chain must not deny them, since
   *     resolvers conclude from it on their own (RFC 8198), and lists them like delegations
   * @param former what this method returned the last time; none the first time
   * @param number gives all records, signed but for the SOA record, the serial that is due to them
   */
  public List<Record> sign(
      List<Record> records,
      Collection<Name> unknown,
      List<Record> former,
      UnaryOperator<List<Record>> number) {
    ZoneShape zone = new ZoneShape(records);
    zone.addChain(unknown);
    FormerSignatures old =
        new FormerSignatures(
            former, new HashSet<>(signer.keys()), clock.instant().plus(renewBefore));
    boolean soaIsDue = old.isDue(zone.apex(), Type.SOA);
    List<Record> signed = new ArrayList<>();
    zone.owners()
        .forEach((owner, sets) ->
            sets.forEach((type, set) -> {
              signed.addAll(set);
              if (type != Type.SOA && zone.isSigned(owner, type)) {
                // A new signature of the SOA record needs a new serial: a change is made for it.
                boolean due = soaIsDue && type == Type.NSEC && owner.equals(zone.apex());
                signed.addAll(due ? signatures(set) : signatures(set, old));
              }
            }));
    List<Record> numbered = new ArrayList<>(number.apply(signed));
    numbered.addAll(
        signatures(numbered.stream().filter(SOARecord.class::isInstance).toList(), old));
    return numbered;
  }

  private List<Record> signatures(List<Record> set, FormerSignatures old) {
    List<Record> former = old.of(set);
    return former.isEmpty() ? signatures(set) : former;
  }

  private List<Record> signatures(List<Record> set) {
    Record first = set.getFirst();
    Name owner = first.getName();
    List<byte[]> data = set.stream().map(ZoneShape::data).toList();
    return signer.signatures(owner.toWire(), first.getType(), (int) first.getTTL(), data).stream()
        .map(rrsig -> Record.newRecord(owner, Type.RRSIG, DClass.IN, first.getTTL(), rrsig))
        .toList();
  }

  /** When the first of a signed zone's signatures has to be made again. */
  public static Instant firstEnd(List<Record> signed) {
    return signed.stream()
        .filter(RRSIGRecord.class::isInstance)
        .map(record -> ((RRSIGRecord) record).getExpire())
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }
}
