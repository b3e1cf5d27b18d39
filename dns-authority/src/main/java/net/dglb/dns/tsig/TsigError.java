package net.dglb.dns.tsig;

/** Codes in the error field of a TSIG record (RFC 8945 section 10.3). */
public final class TsigError {
  public static final int NONE = 0;
  public static final int BADSIG = 16;
  public static final int BADKEY = 17;
  public static final int BADTIME = 18;
  public static final int BADTRUNC = 22;

  private TsigError() {}
}
