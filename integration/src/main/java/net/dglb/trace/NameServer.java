package net.dglb.trace;

import java.net.InetAddress;
import org.xbill.DNS.Name;

/**
 * A name server that can be asked.
 *
 * @param name its name in the NS record, or the root for a server that was only given by address
 * @param address where it answers
 */
public record NameServer(Name name, InetAddress address) {

  /** A server of the root that is known by address alone. */
  public static NameServer root(InetAddress address) {
    return new NameServer(Name.root, address);
  }
}
