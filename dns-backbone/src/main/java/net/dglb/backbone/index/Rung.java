package net.dglb.backbone.index;

import java.util.Optional;
import net.dglb.net.Prefix;

/**
 * One of the entries that know whoever asks, in the order in which they count.
 *
 * @param table where it stands
 * @param prefix that holds the client's or the resolver's address; empty for a hash
 * @param anchor what it stands for
 * @param number the anchor's number in the index
 */
public record Rung(Table table, Optional<Prefix> prefix, Anchor anchor, int number) {}
