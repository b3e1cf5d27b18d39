package net.dglb.dns.wire;

/** Codes of the EDNS options that the engine knows (IANA registry of EDNS0 option codes). */
final class OptionCode {

  /** RFC 5001. */
  static final int NSID = 3;

  /** RFC 7871. */
  static final int CLIENT_SUBNET = 8;

  /** RFC 7873, RFC 9018. */
  static final int COOKIE = 10;

  /** RFC 7828. */
  static final int KEEPALIVE = 11;

  /** RFC 7830. */
  static final int PADDING = 12;

  /** RFC 8914. */
  static final int EXTENDED_ERROR = 15;

  private OptionCode() {}
}
