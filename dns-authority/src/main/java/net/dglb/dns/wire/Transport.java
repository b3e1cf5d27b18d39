package net.dglb.dns.wire;

/** What carried a query. It decides how large an answer may be. */
public enum Transport {
  UDP,
  TCP
}
