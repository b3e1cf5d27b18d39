package net.dglb.mapping.convert;

import net.dglb.decision.said.Sayings;

/**
 * What operators say of sites for the whole network.
 *
 * @param version grows with each change; 0 if nothing was ever said
 * @param sayings all that count
 */
public record NetworkSayings(long version, Sayings sayings) {

  /** Nothing was ever said. */
  public static final NetworkSayings NONE = new NetworkSayings(0, Sayings.NONE);
}
