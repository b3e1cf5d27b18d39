package net.dglb.backbone.refer;

/**
 * For how many prefixes of each table of resolvers a change changes what they are answered. A
 * resolver that no table knows is in none of them.
 *
 * @param announced of those that load balancers announce
 * @param computed of the computed map
 * @param located of the locations
 * @param exact whether everything was looked at; otherwise the rest counts as touched, so that
 *     these are the most that it can be
 */
public record TouchedPrefixes(int announced, int computed, int located, boolean exact) {

  /** Of a change that changes nothing. */
  public static final TouchedPrefixes NONE = new TouchedPrefixes(0, 0, 0, true);
}
