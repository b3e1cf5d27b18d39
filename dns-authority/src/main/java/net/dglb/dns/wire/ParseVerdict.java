package net.dglb.dns.wire;

/** What the parser makes of a message. */
public enum ParseVerdict {
  /** A question of class IN that a zone may answer. */
  ANSWERABLE,
  /** A question of class CH, which is about this server. */
  CHAOS,
  /** No question, but a cookie: the sender wants a server cookie (RFC 7873 section 5.4). */
  COOKIE_ONLY,
  /** Not a query, or too short to be answered: silence. */
  DROP,
  /** A query that breaks the format (RFC 1035, RFC 6891, RFC 7871, RFC 9619). */
  FORMERR,
  /** An opcode other than QUERY. */
  NOTIMP,
  /** An EDNS version other than 0, whatever the opcode (RFC 6891 section 6.1.3). */
  BADVERS,
  /** A class other than IN and CH, or a zone transfer. */
  REFUSED
}
