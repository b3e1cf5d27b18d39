package net.dglb.backbone.sign;

import java.util.Arrays;
import java.util.List;
import net.dglb.dns.sign.RecordSigner;
import net.dglb.dns.sign.SigningKey;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.RecordSet;
import net.dglb.dns.wire.RecordType;
import net.dglb.net.DomainName;
import org.jspecify.annotations.Nullable;

/**
 * Gives the record sets of one zone their signatures: those that were made before, or new ones
 * within the budget. For DNS threads; {@link #use} is the control thread's.
 */
public final class ZoneSigning {

  /** For names that do not exist (RFC 9824 section 3.1). */
  public static final TypeBitmap NO_NAME = TypeBitmap.of(RecordType.NXNAME);

  private final OnlineSigning shared;
  private final DomainName zone;
  private volatile Signers signers;

  /**
   * Who signs now.
   *
   * @param records with the active keys
   * @param keys with all published keys, for the sets about keys
   */
  private record Signers(RecordSigner records, RecordSigner keys) {

    RecordSigner of(Object source) {
      return source instanceof RecordSet set && isAboutKeys(set.type()) ? keys : records;
    }

    private static boolean isAboutKeys(int type) {
      return type == RecordType.DNSKEY || type == RecordType.CDS || type == RecordType.CDNSKEY;
    }
  }

  /**
   * Signs with these keys.
   *
   * @param active sign records, at least one
   * @param entryPoints sign the sets about keys, at least one
   */
  public ZoneSigning(
      OnlineSigning shared,
      DomainName zone,
      List<SigningKey> active,
      List<SigningKey> entryPoints) {
    this.shared = shared;
    this.zone = zone;
    this.signers = signers(active, entryPoints);
  }

  /**
   * Signs with other keys from now on; what was asked for is made again by {@link
   * OnlineSigning#renew}.
   */
  public void use(List<SigningKey> active, List<SigningKey> entryPoints) {
    signers = signers(active, entryPoints);
  }

  private Signers signers(List<SigningKey> active, List<SigningKey> entryPoints) {
    return new Signers(signer(active), signer(entryPoints));
  }

  private RecordSigner signer(List<SigningKey> keys) {
    return new RecordSigner(zone, keys, shared.lifetime(), shared.clock, shared.random);
  }

  /**
   * A set with its signatures.
   *
   * @param ownerLabel the label of the question at which the set's owner begins
   * @param suffixLabel the label at which the suffix begins that the set was compiled against
   * @param ttlSeconds the longest TTL that the set is served with
   * @param salt tells sets of one owner apart
   * @return null if no more may be made now; the answer says so already
   */
  public @Nullable RecordSet signed(
      Query query,
      Answer answer,
      RecordSet set,
      int ownerLabel,
      int suffixLabel,
      int ttlSeconds,
      int salt) {
    RecordSigner signer = signers.of(set);
    int hash = query.suffixHash(ownerLabel) + 31 * salt;
    Signature known = shared.cache().find(hash, signer, query, ownerLabel, set, ttlSeconds);
    if (known != null) {
      shared.hits.increment();
      return known.signed;
    }
    if (!shared.permits(query, answer, false)) {
      return null;
    }
    return keep(signer, from(query, ownerLabel), from(query, suffixLabel), set, ttlSeconds, hash);
  }

  /**
   * The NSEC record, signed, that says which types the question's name has from a label on, and
   * that no others are there.
   *
   * @return null as for {@link #signed}
   */
  public @Nullable RecordSet denial(
      Query query, Answer answer, int ownerLabel, TypeBitmap types, int ttlSeconds) {
    RecordSigner signer = signers.records();
    int hash = query.suffixHash(ownerLabel) + RecordType.NSEC;
    Signature known = shared.cache().find(hash, signer, query, ownerLabel, types, ttlSeconds);
    if (known != null) {
      shared.hits.increment();
      return known.signed;
    }
    if (!shared.permits(query, answer, NO_NAME.equals(types))) {
      return null;
    }
    byte[] owner = from(query, ownerLabel);
    return keep(signer, owner, owner, types, ttlSeconds, hash);
  }

  private static byte[] from(Query query, int label) {
    return Arrays.copyOfRange(query.name(), query.labelOffset(label), query.nameLength());
  }

  private RecordSet keep(
      RecordSigner signer, byte[] owner, byte[] suffix, Object source, int ttlSeconds, int hash) {
    Signature made = make(signer, owner, suffix, source, ttlSeconds, hash);
    shared.cache().add(made);
    return made.signed;
  }

  private Signature make(
      RecordSigner signer, byte[] owner, byte[] suffix, Object source, int ttlSeconds, int hash) {
    RecordSet set =
        source instanceof TypeBitmap types ? types.nsec(owner, ttlSeconds) : (RecordSet) source;
    shared.signedSets.increment();
    List<byte[]> signatures = signer.signatures(owner, set.type(), ttlSeconds, set.data(suffix));
    return new Signature(
        this,
        signer,
        owner,
        suffix,
        source,
        ttlSeconds,
        hash,
        set.signed(signatures),
        shared.ends());
  }

  /** Whether it was made with keys that do not sign any more. */
  boolean isOutdated(Signature signature) {
    return !signers.of(signature.source).equals(signature.signer);
  }

  /** The same anew, with the keys of now. */
  Signature again(Signature old) {
    Signature made =
        make(signers.of(old.source), old.owner, old.suffix, old.source, old.ttlSeconds, old.hash);
    made.forgetUse();
    return made;
  }
}
