package net.dglb.dns.wire;

/** What carried a query. It decides how large an answer may be, and which options make sense. */
public enum Transport {
  UDP,
  TCP,
  /** TCP with TLS (RFC 7858). */
  TLS;

  /** Whether messages come in a stream, with lengths before them: anything but UDP. */
  public boolean isStream() {
    return this != UDP;
  }
}
