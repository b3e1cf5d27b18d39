package net.dglb.dns.zone;

import java.net.InetAddress;
import java.util.Optional;
import net.dglb.dns.prefix.AddressBits;
import net.dglb.net.Prefix;

/**
 * For whom an answer is explained.
 *
 * @param resolver its address; empty for whoever nothing in particular is set for
 * @param subnet of the client (RFC 7871)
 */
public record WhoAsks(Optional<InetAddress> resolver, Optional<Prefix> subnet) {

  /** The number of the answer that a selection gives them; the first if it is by turn. */
  public int choice(Selection selection) {
    AddressBits source = new AddressBits();
    AddressBits client = new AddressBits();
    resolver.ifPresent(source::set);
    subnet.ifPresent(prefix -> {
      client.set(prefix.address());
      client.set(client.ipv4(), client.high(), client.low(), prefix.length());
    });
    return resolver.isEmpty() ? 0 : Math.max(0, selection.choice(source, client));
  }
}
