package net.dglb.dns.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import net.dglb.dns.prefix.AddressBits;

/**
 * Makes and checks server cookies (RFC 9018 section 4): version 1, three reserved octets, a time,
 * and a hash of these, the client's cookie and its address under a secret. Servers that share a
 * secret accept each other's. One per thread.
 */
public final class ServerCookies {

  /** The length of a secret. */
  public static final int SECRET_OCTETS = 16;

  static final int OCTETS = 16;

  private static final long VERSION = 1L << 56;
  private static final long VERSION_MASK = 0xffL << 56;
  private static final int OLDEST_SECONDS = 3600;
  private static final int RENEWED_AFTER_SECONDS = 1800;
  private static final int FUTURE_SECONDS = 300;

  private final long[] keys;
  private final SipHash hash = new SipHash();

  /**
   * Takes the secrets.
   *
   * @param secrets of 16 octets each: cookies are made under the first and accepted under all, so
   *     that a secret can be replaced without a break
   */
  public ServerCookies(List<byte[]> secrets) {
    keys = new long[2 * secrets.size()];
    for (int i = 0; i < secrets.size(); i++) {
      if (secrets.get(i).length != SECRET_OCTETS) {
        throw new IllegalArgumentException(
            "cookie secret of "
                + secrets.get(i).length
                + " octets (expected "
                + SECRET_OCTETS
                + ")");
      }
      ByteBuffer words = ByteBuffer.wrap(secrets.get(i)).order(ByteOrder.LITTLE_ENDIAN);
      keys[2 * i] = words.getLong(0);
      keys[2 * i + 1] = words.getLong(8);
    }
  }

  /**
   * Checks the query's cookie, if it has one, and sets the one to answer with: the same as long as
   * it is fresh, else a new one.
   *
   * @param nowSeconds the time of day since 1970
   */
  public void check(Query query, long nowSeconds) {
    if (!query.cookiePresent) {
      return;
    }
    int age = (int) nowSeconds - (int) query.serverCookieHigh; // serial arithmetic (RFC 9018, 4.3)
    query.cookieValid = isValid(query, age);
    if (!query.cookieValid || age > RENEWED_AFTER_SECONDS) {
      query.serverCookieHigh = VERSION | (nowSeconds & 0xffff_ffffL);
      query.serverCookieLow = hash(query, 0);
    }
  }

  private boolean isValid(Query query, int age) {
    if (!query.serverCookiePresent
        || (query.serverCookieHigh & VERSION_MASK) != VERSION
        || age > OLDEST_SECONDS
        || age < -FUTURE_SECONDS) {
      return false;
    }
    for (int key = 0; key < keys.length; key += 2) {
      if (hash(query, key) == query.serverCookieLow) {
        return true;
      }
    }
    return false;
  }

  private long hash(Query query, int key) {
    hash.begin(keys[key], keys[key + 1])
        .word(Long.reverseBytes(query.clientCookie))
        .word(Long.reverseBytes(query.serverCookieHigh));
    AddressBits source = query.source();
    long address = Long.reverseBytes(source.high());
    if (source.ipv4()) {
      return Long.reverseBytes(hash.end(address & 0xffff_ffffL, 20));
    }
    return Long.reverseBytes(hash.word(address).word(Long.reverseBytes(source.low())).end(0, 32));
  }
}
