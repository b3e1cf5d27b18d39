package net.dglb.backbone.refer;

import net.dglb.backbone.sign.TypeBitmap;
import net.dglb.backbone.sign.ZoneSigning;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.Rcode;
import net.dglb.dns.wire.RecordSet;
import net.dglb.dns.wire.RecordType;
import net.dglb.dns.wire.Section;
import net.dglb.dns.zone.NegativeAnswer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the records of one zone: with signatures, and compact denial of all else (RFC 9824), where
 * the zone is signed and the question has the DO bit. If a signature may not be made now, the
 * answer says so and holds nothing. Immutable.
 */
final class ZoneWriter {

  /** Of names below the apex. */
  private static final AddressBitmaps ADDRESSES_ALONE = new AddressBitmaps();

  private static final TypeBitmap NO_TYPES = TypeBitmap.of();
  private static final TypeBitmap UNSIGNED_CUT = TypeBitmap.of(RecordType.NS);
  private static final TypeBitmap ALIAS = TypeBitmap.of(RecordType.CNAME);

  private final ZoneRecords records;
  private final @Nullable ZoneSigning signing;

  /**
   * Writes for one zone.
   *
   * @param signing null for a zone that is not signed
   */
  ZoneWriter(ZoneRecords records, @Nullable ZoneSigning signing) {
    this.records = records;
    this.signing = signing;
  }

  /** The same with other records of the zone. */
  ZoneWriter with(ZoneRecords others) {
    return new ZoneWriter(others, signing);
  }

  /** To be called before anything is written. */
  void begin(Answer answer) {
    if (signing != null) {
      answer.compactDenial();
    }
  }

  /** Whether signatures go along. */
  boolean signs(Query query) {
    return signing(query) != null;
  }

  private @Nullable ZoneSigning signing(Query query) {
    return query.dnssecOk() ? signing : null;
  }

  /** A set owned by the question's name. */
  void positive(Query query, Answer answer, RecordSet set) {
    positive(query, answer, set, query.apexLabel(), set.ttlSeconds(), set.ttlSeconds(), set.type());
  }

  /**
   * A CNAME from the question's name, compiled against it; for the types that stand beside a CNAME
   * in a signed zone (RFC 4035 section 2.5) what the name itself has of them.
   *
   * @param ttlSeconds as served
   * @param longestTtlSeconds that it is ever served with: the one that is signed
   * @param salt tells the CNAMEs of one name apart
   */
  void alias(
      Query query,
      Answer answer,
      RecordSet cname,
      int ttlSeconds,
      int longestTtlSeconds,
      int salt) {
    boolean besideAlias = query.type() == RecordType.NSEC || query.type() == RecordType.RRSIG;
    if (besideAlias && signs(query)) {
      noData(query, answer, ALIAS);
    } else {
      positive(query, answer, cname, 0, ttlSeconds, longestTtlSeconds, salt);
    }
  }

  /**
   * One of the address sets or HTTPS sets that the question's name may be answered with.
   *
   * @param ttl in seconds, at most the set's own
   */
  void addresses(Query query, Answer answer, RecordSet set, int ttl, AddressTypes types) {
    int signedTtl = Math.max(ttl, types.longestTtlSeconds());
    positive(query, answer, set, 0, ttl, signedTtl, set.recordsHash());
  }

  private void positive(
      Query query,
      Answer answer,
      RecordSet set,
      int suffixLabel,
      int ttlSeconds,
      int signedTtlSeconds,
      int salt) {
    ZoneSigning signs = signing(query);
    RecordSet written =
        signs == null
            ? set
            : signs.signed(query, answer, set, 0, suffixLabel, signedTtlSeconds, salt);
    if (written != null) {
      answer.authoritative(true);
      answer.append(written, Answer.NO_PREFIX, 0, suffixLabel, ttlSeconds);
    }
  }

  /** The question's name exists, with these types, which the type asked for is none of. */
  void noData(Query query, Answer answer, TypeBitmap types) {
    ZoneSigning signs = signing(query);
    if (signs == null) {
      NegativeAnswer.noData(query, answer, records.negativeSoa());
    } else {
      deny(query, answer, signs, types, records.negativeSoa().ttlSeconds());
    }
  }

  /**
   * The question's name has no addresses of the type asked for, now and for this client.
   *
   * <p>All that others are answered, or will be, is said to be there, so that no resolver that
   * makes answers of NSEC records (RFC 8198) denies it. The type asked for cannot be said, or the
   * record would prove nothing (RFC 4035 section 5.4): where it is denied to one client subnet and
   * answered to another, the denial is not to be kept.
   */
  void noAddresses(Query query, Answer answer, AddressTypes types) {
    ZoneSigning signs = signing(query);
    RecordSet soa = records.negativeSoa();
    if (signs == null) {
      NegativeAnswer.noData(query, answer, soa);
      return;
    }
    int denied = types.asked(query.type());
    boolean atApex = query.apexLabel() == 0;
    TypeBitmap said = (atApex ? records.types() : ADDRESSES_ALONE).with(types.types() & ~denied);
    deny(query, answer, signs, said, denied != 0 && query.hasSubnet() ? 0 : soa.ttlSeconds());
  }

  /** The zone's apex has no record of the type asked for, whoever asks. */
  void noDataAtApex(Query query, Answer answer, int addressTypes) {
    noData(query, answer, records.types().with(addressTypes));
  }

  /** The question's name exists only because of what lies below it. */
  void emptyNonTerminal(Query query, Answer answer) {
    noData(query, answer, NO_TYPES);
  }

  /** There is no such name. With signatures the response code says so only to who wants that. */
  void nameError(Query query, Answer answer) {
    ZoneSigning signs = signing(query);
    if (signs == null) {
      NegativeAnswer.nameError(query, answer, records.negativeSoa());
    } else if (deny(query, answer, signs, ZoneSigning.NO_NAME, records.negativeSoa().ttlSeconds())
        && query.compactAnswersOk()) {
      answer.rcode(Rcode.NXDOMAIN);
    }
  }

  /**
   * Denies.
   *
   * @param servedTtl how long that may be kept, at most as long as is signed
   */
  private boolean deny(
      Query query, Answer answer, ZoneSigning signs, TypeBitmap types, int servedTtl) {
    RecordSet soa = records.negativeSoa();
    int ttl = soa.ttlSeconds();
    int apex = query.apexLabel();
    RecordSet nsec = signs.denial(query, answer, 0, types, ttl);
    RecordSet signedSoa =
        nsec == null ? null : signs.signed(query, answer, soa, apex, apex, ttl, RecordType.SOA);
    if (nsec == null || signedSoa == null) {
      return false;
    }
    answer.authoritative(true);
    RecordSet signatures = nsec.signatures();
    if (query.type() == RecordType.NSEC) {
      answer.append(nsec, 0);
    } else if (query.type() == RecordType.RRSIG && signatures != null) {
      answer.append(signatures, 0);
    } else {
      answer.section(Section.AUTHORITY);
      answer.append(signedSoa, Answer.NO_PREFIX, apex, apex, servedTtl);
      answer.append(nsec, Answer.NO_PREFIX, 0, apex, servedTtl);
    }
    return true;
  }

  /** The DS set of a label, or the proof that it has none. */
  void delegationSigner(Query query, Answer answer, LabelPart label) {
    RecordSet ds = label.ds();
    if (ds == null) {
      noData(query, answer, UNSIGNED_CUT);
    } else {
      positive(query, answer, ds);
    }
  }

  /** The referral of a label, owned by the question's name from a label on. */
  void refer(Query query, Answer answer, LabelPart label, int ownerLabel) {
    ZoneSigning signs = signing(query);
    if (signs == null) {
      label.nameServers().refer(answer, ownerLabel, null);
      return;
    }
    RecordSet ds = label.ds();
    int ttl = records.negativeSoa().ttlSeconds();
    RecordSet proof =
        ds == null
            ? signs.denial(query, answer, ownerLabel, UNSIGNED_CUT, ttl)
            : signs.signed(
                query, answer, ds, ownerLabel, query.apexLabel(), ds.ttlSeconds(), ds.type());
    if (proof != null) {
      label.nameServers().refer(answer, ownerLabel, proof);
    }
  }
}
