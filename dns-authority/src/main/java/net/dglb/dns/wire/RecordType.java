package net.dglb.dns.wire;

/** Numbers of record types that the engine itself knows (IANA registry of RR types). */
public final class RecordType {
  public static final int A = 1;
  public static final int NS = 2;
  public static final int CNAME = 5;
  public static final int SOA = 6;
  public static final int PTR = 12;
  public static final int MX = 15;
  public static final int TXT = 16;
  public static final int AAAA = 28;
  public static final int SRV = 33;
  public static final int DNAME = 39;
  public static final int OPT = 41;
  public static final int DS = 43;
  public static final int RRSIG = 46;
  public static final int NSEC = 47;
  public static final int DNSKEY = 48;
  public static final int CDS = 59;
  public static final int CDNSKEY = 60;
  public static final int SVCB = 64;
  public static final int HTTPS = 65;

  /** Never in a record: in an NSEC record it says that the name does not exist (RFC 9824). */
  public static final int NXNAME = 128;

  public static final int TSIG = 250;
  public static final int IXFR = 251;
  public static final int AXFR = 252;
  public static final int ANY = 255;

  private RecordType() {}
}
