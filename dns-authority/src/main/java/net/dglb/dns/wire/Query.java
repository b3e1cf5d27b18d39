package net.dglb.dns.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.dglb.dns.prefix.AddressBits;
import net.dglb.net.DomainName;

/**
 * One parsed query: mutable, one per thread, reset before every message. The parser sets every
 * field but the source and the transport (set by the transport's worker before parsing) and the
 * apex label (set by the catalog). Zones only read.
 *
 * <p>Names are read through label numbers: label 0 begins the whole name, label {@link
 * #labelCount()} is the root.
 */
public final class Query {

  static final int MAX_NAME_OCTETS = 255;
  static final int MAX_LABELS = 127;

  /** Where the question's name begins in every message. */
  static final int QUESTION_OFFSET = 12;

  /** Who sent it; set by the worker. */
  private final AddressBits source = new AddressBits();

  /** The client subnet of RFC 7871; valid if {@link #subnetPresent}. */
  private final AddressBits subnet = new AddressBits();

  /**
   * The question's name in wire form, lower case, with the final zero octet; and room to write the
   * last octets eight at a time.
   */
  final byte[] name = new byte[MAX_NAME_OCTETS + Long.BYTES];

  /** Offsets of the labels in {@link #name}; entry {@link #labelCount} is the root's. */
  final int[] labelOffsets = new int[MAX_LABELS + 1];

  /** For each label number the hash of the name from there to the end, by {@link NameHash}. */
  final int[] suffixHashes = new int[MAX_LABELS + 1];

  Transport transport = Transport.UDP;

  /** The message's id; valid unless the verdict is DROP because of its length. */
  int id;

  /** The message's flags word as received. */
  int flags;

  /** Octets used of {@link #name}; 0 until the question's name was read. */
  int nameLength;

  int labelCount;
  int type;
  int questionClass;

  /** First octet behind the question; 0 until the question was read. */
  int questionEnd;

  /** Whether there was one well-formed OPT record; the EDNS fields below are valid only then. */
  boolean edns;

  int ednsVersion;

  /** As advertised; not yet corrected to the range that this server uses. */
  int payloadSize;

  boolean dnssecOk;
  boolean compactAnswersOk;
  boolean subnetPresent;

  /** FAMILY of the client subnet option as received: 0, 1 or 2. */
  int subnetFamily;

  /** Whether there was a cookie option; the fields of cookies are valid only then (RFC 7873). */
  boolean cookiePresent;

  long clientCookie;

  /** Whether a server cookie of the right length came along. */
  boolean serverCookiePresent;

  /** As received; {@link ServerCookies} sets it to what is answered. */
  long serverCookieHigh;

  long serverCookieLow;

  /** Set by {@link ServerCookies}: whether the cookie proves that the source is not forged. */
  boolean cookieValid;

  boolean nsidAsked;
  boolean keepaliveAsked;
  boolean paddingAsked;

  /** Octets of the message as received. */
  int length;

  /** Whether it is an update, a zone transfer, or a message that was signed. */
  boolean beyondQueries;

  /** Set by the catalog: the label at which the answering zone's apex begins. */
  int apexLabel;

  /** Makes it ready for the next message. Everything but the source is cleared. */
  void reset(Transport carriedBy) {
    transport = carriedBy;
    id = 0;
    flags = 0;
    nameLength = 0;
    labelCount = 0;
    type = 0;
    questionClass = 0;
    questionEnd = 0;
    edns = false;
    ednsVersion = 0;
    payloadSize = 0;
    dnssecOk = false;
    compactAnswersOk = false;
    subnetPresent = false;
    subnetFamily = 0;
    subnet.clear();
    cookiePresent = false;
    clientCookie = 0;
    serverCookiePresent = false;
    serverCookieHigh = 0;
    serverCookieLow = 0;
    cookieValid = false;
    nsidAsked = false;
    keepaliveAsked = false;
    paddingAsked = false;
    length = 0;
    beyondQueries = false;
    apexLabel = 0;
  }

  /**
   * Tells questions apart, in whatever case: by name, type, class, flags, EDNS, client subnet and
   * source address; not by id and port. Different ones have the same fingerprint once in about 2^64
   * pairs, unless somebody is out for that.
   */
  public long fingerprint() {
    long kind = (long) type << 32 | questionClass << 16 | (flags & MessageFlags.COPIED);
    int extras = (edns ? 1 : 0) | (dnssecOk ? 2 : 0) | (subnetPresent ? 4 : 0);
    long mixed = kind * 0x9e3779b97f4a7c15L + extras;
    mixed = source.mix(subnet.mix(mixed));
    for (int i = 0; i < nameLength; i++) {
      mixed = (mixed ^ name[i]) * 0x100000001b3L;
    }
    return mixed;
  }

  /** The hash of the question's name from a label to its end, in lower case. */
  public int suffixHash(int label) {
    return suffixHashes[label];
  }

  /** Who sent the query: the resolver. The worker sets it; valid in zones. */
  public AddressBits source() {
    return source;
  }

  /** Whether a client subnet option came with the query. */
  public boolean hasSubnet() {
    return subnetPresent;
  }

  /**
   * The client's subnet (RFC 7871); valid if {@link #hasSubnet()}. Its length is the SOURCE
   * PREFIX-LENGTH: 0 says that the client wants no use of its address.
   */
  public AddressBits subnet() {
    return subnet;
  }

  /** What carried the query. */
  public Transport transport() {
    return transport;
  }

  /** The type asked for, 0 to 65535. */
  public int type() {
    return type;
  }

  /** The number of labels of the question's name; 0 for the root. */
  public int labelCount() {
    return labelCount;
  }

  /** The label at which the answering zone's apex begins; 0 if the apex itself was asked. */
  public int apexLabel() {
    return apexLabel;
  }

  /** Sets the label at which the answering zone's apex begins; done once, by the catalog. */
  public void apexLabel(int label) {
    apexLabel = label;
  }

  /**
   * The question's name in wire form and lower case. The array belongs to this query and is longer
   * than the name: use {@link #nameLength()}, and do not write.
   */
  public byte[] name() {
    return name;
  }

  /** The question's name from a label on, for explanations; allocates. */
  public DomainName name(int label) {
    List<String> labels = new ArrayList<>();
    for (int i = label; i < labelCount; i++) {
      int at = labelOffsets[i];
      labels.add(new String(name, at + 1, name[at], StandardCharsets.US_ASCII));
    }
    return new DomainName(labels);
  }

  /** The octets of {@link #name()} that are used. */
  public int nameLength() {
    return nameLength;
  }

  /** Where a label's length octet lies in {@link #name()}. */
  public int labelOffset(int label) {
    return labelOffsets[label];
  }

  /** Where the question ends in the message; 0 if none was read. */
  public int questionEnd() {
    return questionEnd;
  }

  /** Whether a cookie proves that the source address is not forged (RFC 7873). */
  public boolean hasValidCookie() {
    return cookieValid;
  }

  /**
   * Whether it needs more than an answer from a table: an update (RFC 2136), a zone transfer (RFC
   * 5936, RFC 1995), or a message that was signed (RFC 8945).
   */
  public boolean isBeyondQueries() {
    return beyondQueries;
  }

  /**
   * Whether the sender takes NXDOMAIN with the proof of a compact denial (the CO bit, RFC 9824
   * section 5.1).
   */
  public boolean compactAnswersOk() {
    return compactAnswersOk;
  }

  /** Whether the sender understands DNSSEC (the DO bit). */
  public boolean dnssecOk() {
    return dnssecOk;
  }
}
