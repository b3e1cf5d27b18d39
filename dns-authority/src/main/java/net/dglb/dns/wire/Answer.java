package net.dglb.dns.wire;

import java.nio.ByteBuffer;
import net.dglb.net.DomainName;
import org.jspecify.annotations.Nullable;

/**
 * Writes one answer behind the question in the buffer that the query came in: mutable, one per
 * thread. Record sets are written whole or not at all (RFC 2181 section 9), with their signatures
 * if the query has the DO bit (RFC 4035 section 3.1). Owners are given as suffixes of the
 * question's name, by label number, with labels in front if need be.
 *
 * <p>Once something needed did not fit, TC is set and nothing more is written.
 */
public final class Answer {

  /** No labels in front: the owner is the suffix itself. */
  public static final byte[] NO_PREFIX = {};

  private static final int POINTER = 0xc000;
  private static final int MAX_POINTER = 0x3fff;

  /** Proofs beyond these may be written twice: resolvers do not mind. */
  private static final int REMEMBERED_PROOFS = 8;

  private final AnswerSettings settings;
  private final OptWriter opt;
  private ByteBuffer buffer = ByteBuffer.allocate(0);
  private Query query = new Query();
  private final RecordSet[] proofs = new RecordSet[REMEMBERED_PROOFS];
  private int proofCount;
  private Section section = Section.ANSWER;
  private int answers;
  private int authorities;
  private int additionals;
  private int position;
  private int limit;
  private int rcode;
  private boolean authoritative;
  private boolean truncated;
  private boolean postponable;
  private DomainName awaited = DomainName.ROOT;
  private boolean postponed;

  /** Makes a writer. */
  public Answer(AnswerSettings settings) {
    this.settings = settings;
    this.opt = new OptWriter(settings);
  }

  /**
   * Starts an empty NOERROR answer. The question is echoed as it stands in the buffer, if it was
   * read. Called by the query processor alone.
   *
   * @param query as parsed from the same buffer
   */
  public void begin(Query query, ByteBuffer buffer) {
    this.query = query;
    this.buffer = buffer;
    section = Section.ANSWER;
    answers = 0;
    authorities = 0;
    additionals = 0;
    proofCount = 0;
    position = Math.max(Query.QUESTION_OFFSET, query.questionEnd);
    opt.begin(query);
    limit = Math.min(maxOctets(query), buffer.capacity()) - opt.reservedOctets();
    rcode = Rcode.NOERROR;
    authoritative = false;
    truncated = false;
    postponed = false;
  }

  /** Says whether there is somebody who would answer later. Stays until said again. */
  public void postponable(boolean flag) {
    postponable = flag;
  }

  /**
   * Asks for the question to be answered a little later, by whoever awaits something for it; to be
   * called before anything is written.
   *
   * @param what is awaited
   * @return false if there is nobody for that: it is to be answered now
   */
  public boolean postpone(DomainName what) {
    awaited = what;
    postponed = postponable;
    return postponed;
  }

  /** Whether the question is to be answered later. */
  public boolean isPostponed() {
    return postponed;
  }

  /** What is awaited if it is. */
  public DomainName awaited() {
    return awaited;
  }

  /** How long the answer may be at most, with its OPT record. */
  public int mostOctets() {
    return limit + opt.reservedOctets();
  }

  private int maxOctets(Query query) {
    if (query.transport.isStream()) {
      return MessageLimits.MESSAGE_MAX;
    }
    int octets =
        query.edns
            ? Math.clamp(query.payloadSize, MessageLimits.UDP_PAYLOAD_MIN, settings.udpPayloadMax())
            : MessageLimits.UDP_PAYLOAD_MIN;
    if (settings.amplificationMax() == 0 || query.cookieValid) {
      return octets;
    }
    return Math.min(octets, settings.amplificationMax() * query.length);
  }

  /** Sets the response code, see {@link Rcode}. */
  public void rcode(int code) {
    rcode = code;
  }

  /** Sets AA: whether the first owner name of the answer is this server's own. */
  public void authoritative(boolean flag) {
    authoritative = flag;
  }

  /**
   * Sets the SCOPE PREFIX-LENGTH of the client subnet option, 0 unless set: how many leading bits
   * of the subnet this answer holds for (RFC 7871 section 7.2.1). Nothing happens without the
   * option.
   */
  public void subnetScope(int bits) {
    opt.subnetScope(bits);
  }

  /** Makes the scope at least as long: another choice depended on that many bits. */
  public void subnetScopeAtLeast(int bits) {
    opt.subnetScopeAtLeast(bits);
  }

  /**
   * Says that what does not exist is denied compactly here, whatever this answer is; told to
   * whoever understands it (the CO bit, RFC 9824 section 5.1).
   */
  public void compactDenial() {
    opt.compactDenial();
  }

  /**
   * Adds an Extended DNS Error (RFC 8914) if the query had EDNS and there is room.
   *
   * @param code the INFO-CODE
   * @param text UTF-8, may be empty; the array is kept until the answer is finished
   */
  public void extendedError(int code, byte[] text) {
    opt.extendedError(code, text);
  }

  /**
   * Sets how long a connection may stay idle, told if the client asked (RFC 7828). Stays until set
   * again.
   *
   * @param deciseconds 0 to 65535, in units of 100 ms; 0 asks the client to close
   */
  public void keepalive(int deciseconds) {
    opt.keepalive(deciseconds);
  }

  /** Forgets all records and sets TC: whoever is not a forger comes back over TCP. */
  public void truncate() {
    begin(query, buffer);
    truncated = true;
  }

  /** Forgets all records and sets a response code that says that there is no answer now. */
  public void fail(int code) {
    begin(query, buffer);
    rcode = code;
  }

  /** Goes on to a section. They come in the order of {@link Section}. */
  public void section(Section next) {
    if (next.compareTo(section) < 0) {
      throw new IllegalStateException("section " + next + " after " + section);
    }
    section = next;
  }

  /**
   * Appends a set owned by the question's name from a label on; names in its data end in the apex.
   *
   * @return whether it was written
   */
  public boolean append(RecordSet set, int ownerLabel) {
    return append(set, NO_PREFIX, ownerLabel, query.apexLabel, set.ttlSeconds());
  }

  /**
   * Appends a set whose owner is some labels in front of a suffix of the question's name.
   *
   * @param prefix labels in wire form without a final zero, such as {@code \2ns}
   */
  public boolean append(RecordSet set, byte[] prefix, int ownerLabel) {
    return append(set, prefix, ownerLabel, query.apexLabel, set.ttlSeconds());
  }

  /**
   * Appends a set with everything said.
   *
   * @param suffixLabel the label of the question at which the suffix begins that the set was
   *     compiled against
   * @param ttlSeconds the TTL of all its records
   */
  public boolean append(
      RecordSet set, byte[] prefix, int ownerLabel, int suffixLabel, int ttlSeconds) {
    RecordSet signatures = signaturesOf(set);
    boolean repeated = prefix.length > 0 && (set.size() > 1 || signatures != null);
    if (repeated && position > MAX_POINTER) {
      // The first owner lies too far back for the others to point at it.
      return missing();
    }
    int start = position + prefix.length;
    if (!fits(prefix.length + octets(set, signatures))) {
      return missing();
    }
    if (prefix.length > 0) {
      buffer.put(position, prefix);
    }
    int owner = POINTER | questionPointer(ownerLabel);
    int ownerOfOthers = repeated ? POINTER | position : owner;
    write(set, start, ownerOfOthers, suffixLabel, ttlSeconds);
    if (repeated) {
      buffer.putShort(start, (short) owner);
    }
    if (signatures != null) {
      write(signatures, position, ownerOfOthers, suffixLabel, ttlSeconds);
    }
    return true;
  }

  /**
   * Appends a set owned by a name that stands earlier in this message: glue of a name server, or
   * the target of a CNAME.
   *
   * @param nameAt where: {@link #position()} before the earlier set was appended, plus {@link
   *     RecordSet#nameOffset}
   */
  public boolean appendAt(RecordSet set, int nameAt) {
    RecordSet signatures = signaturesOf(set);
    if (nameAt > MAX_POINTER || !fits(octets(set, signatures))) {
      return missing();
    }
    write(set, position, POINTER | nameAt, query.apexLabel, set.ttlSeconds());
    if (signatures != null) {
      write(signatures, position, POINTER | nameAt, query.apexLabel, set.ttlSeconds());
    }
    return true;
  }

  /**
   * Appends a referral's records to the authority and the additional section, whole or not at all;
   * leaving them out does not truncate the answer.
   *
   * @param prefix labels of the owner in wire form without a final zero, at least one
   * @param ownerLabel the label of the question's name that the owner goes on with
   */
  public void appendWhole(NameServersWithGlue referral, byte[] prefix, int ownerLabel) {
    int start = position + prefix.length;
    int end = start + referral.wire.length;
    if (end > MAX_POINTER || !fits(end - position)) {
      return;
    }
    buffer.put(position, prefix);
    buffer.put(start, referral.wire);
    for (int slot : referral.ownerSlots) {
      buffer.putShort(start + slot, (short) (POINTER | position));
    }
    buffer.putShort(start, (short) (POINTER | questionPointer(ownerLabel)));
    short suffix = (short) (POINTER | questionPointer(query.apexLabel));
    for (int slot : referral.suffixSlots) {
      buffer.putShort(start + slot, suffix);
    }
    for (int slot : referral.glueSlots) {
      buffer.putShort(start + (slot >>> Short.SIZE), (short) (POINTER | start + (slot & 0xffff)));
    }
    position = end;
    section = Section.ADDITIONAL;
    authorities += referral.nameServers();
    additionals += referral.addresses();
  }

  /**
   * Appends an NSEC or DS set as {@link #append(RecordSet, byte[], int)} does, unless this answer
   * has it already: one record may prove several things.
   */
  public void appendProof(RecordSet set, byte[] prefix, int ownerLabel) {
    for (int i = 0; i < proofCount; i++) {
      if (proofs[i] == set) {
        return;
      }
    }
    if (append(set, prefix, ownerLabel) && proofCount < REMEMBERED_PROOFS) {
      proofs[proofCount++] = set;
    }
  }

  /** What has to go along with a set, for who asked for it (RFC 4035 section 3.1.1). */
  private @Nullable RecordSet signaturesOf(RecordSet set) {
    return query.dnssecOk ? set.signatures : null;
  }

  private static int octets(RecordSet set, @Nullable RecordSet signatures) {
    return set.octets + (signatures == null ? 0 : signatures.octets);
  }

  /** Where the next set will be written; an offset in the message. */
  public int position() {
    return position;
  }

  /** Whether something needed did not fit. */
  public boolean isTruncated() {
    return truncated;
  }

  /** Whether the answer section holds a record. */
  public boolean hasAnswers() {
    return answers > 0;
  }

  /** The response code set so far. */
  public int rcode() {
    return rcode;
  }

  /** The OPT record that it would end with now, over what the query holds there; allocates. */
  public byte[] optRecord() {
    return opt.record(buffer, position, rcode, mostOctets());
  }

  /** Writes the OPT record and the header; returns the answer's length. For the processor. */
  public int finish() {
    if (query.edns) {
      position = opt.write(buffer, position, rcode, limit + opt.reservedOctets());
      additionals++;
    }
    int questions = query.questionEnd > 0 ? 1 : 0;
    buffer.putInt(0, query.id << Short.SIZE | flags());
    buffer.putInt(4, questions << Short.SIZE | answers);
    buffer.putInt(8, authorities << Short.SIZE | additionals);
    return position;
  }

  private int flags() {
    return MessageFlags.QR
        | (query.flags & MessageFlags.COPIED)
        | (authoritative ? MessageFlags.AA : 0)
        | (truncated ? MessageFlags.TC : 0)
        | (rcode & MessageFlags.RCODE);
  }

  private void write(RecordSet set, int start, int owner, int suffixLabel, int ttlSeconds) {
    set.write(buffer, start, (short) owner, (short) (POINTER | questionPointer(suffixLabel)));
    if (ttlSeconds != set.ttlSeconds()) {
      for (int slot : set.ownerSlots) {
        buffer.putInt(start + slot + RecordSet.TTL_OFFSET, ttlSeconds);
      }
    }
    position = start + set.octets;
    count(set.size());
  }

  private void count(int records) {
    switch (section) {
      case ANSWER -> answers += records;
      case AUTHORITY -> authorities += records;
      default -> additionals += records; // glue is a part of the additional section
    }
  }

  private boolean fits(int octets) {
    return !truncated && position + octets <= limit;
  }

  private boolean missing() {
    truncated |= section != Section.ADDITIONAL;
    return false;
  }

  private int questionPointer(int label) {
    return Query.QUESTION_OFFSET + query.labelOffsets[label];
  }
}
