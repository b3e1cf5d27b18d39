package net.dglb.dns.wire;

/** Codes of Extended DNS Errors (RFC 8914 section 5.2), for {@link Answer#extendedError}. */
public final class ExtendedError {

  /** Only together with a text. */
  public static final int OTHER_ERROR = 0;

  /** What the answer is made of is not there yet, or cannot be made now. */
  public static final int NOT_READY = 14;

  /** The sender may not. */
  public static final int PROHIBITED = 18;

  /** The name, or its class, is in no zone of this server. */
  public static final int NOT_AUTHORITATIVE = 20;

  /** Nobody may, here. */
  public static final int NOT_SUPPORTED = 21;

  /** RFC 9824 section 9. */
  public static final int INVALID_QUERY_TYPE = 30;

  /** For a code that says all. */
  public static final byte[] NO_TEXT = {};

  private ExtendedError() {}
}
