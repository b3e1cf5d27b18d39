package net.dglb.backbone.refer;

import net.dglb.net.Location;

/**
 * Where somebody stands who asks, if nobody measures there, and what that means.
 *
 * @param place rounded
 * @param answered whether the backbone itself answers the site that is estimated to be the best
 * @param awaited whether it soon will
 */
public record Unmeasured(Location place, boolean answered, boolean awaited) {}
