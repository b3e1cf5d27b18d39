package net.dglb.service;

import java.util.List;

/**
 * All TXT records that dynamic updates left in an enterprise zone. They are no part of what is
 * registered, so that they have a number of their own beside the zone's version.
 *
 * @param number how often they were changed; only grows, 0 before the first time
 * @param sets by name
 */
public record ZoneTexts(long number, List<TextSet> sets) {

  /** Of a zone that nobody updated. */
  public static final ZoneTexts NONE = new ZoneTexts(0, List.of());

  private static final long MAX_SERIAL = 0xffff_ffffL;

  /** Copies the list. */
  public ZoneTexts {
    sets = List.copyOf(sets);
  }

  /**
   * The serial of a zone with these texts: it grows (RFC 1982) with every change of either.
   *
   * @param version the zone's
   */
  public long serial(long version) {
    return (version + number) & MAX_SERIAL;
  }
}
