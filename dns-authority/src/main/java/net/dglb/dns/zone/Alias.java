package net.dglb.dns.zone;

import java.util.List;
import net.dglb.dns.wire.RecordSet;
import org.jspecify.annotations.Nullable;

/**
 * A CNAME and what lies at its target.
 *
 * @param set the CNAME set of one record
 * @param target the node that answers for the target: its own, a wildcard, or one at or below a
 *     cut; null if there is none
 * @param inZone whether the target lies at or below the zone's apex; if so and there is no node, it
 *     does not exist
 * @param exact whether the node is the target's own
 * @param proofs in a signed zone: that the target does not exist itself, and no wildcard for it;
 *     none if it exists
 * @param furtherAliases how many aliases may be written behind this one before an owner repeats
 */
record Alias(
    RecordSet set,
    @Nullable ZoneNode target,
    boolean inZone,
    boolean exact,
    List<Denial> proofs,
    int furtherAliases) {}
