package net.dglb.backbone.registry;

import java.util.OptionalLong;
import net.dglb.net.DomainName;

/**
 * A wish to remove a zone.
 *
 * @param origin the zone
 * @param caller who asks
 * @param base the version to remove; empty for any
 * @param byOwner whether its enterprise removes it, not the operator
 */
public record Removal(DomainName origin, Caller caller, OptionalLong base, boolean byOwner) {}
