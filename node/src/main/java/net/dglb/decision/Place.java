package net.dglb.decision;

import java.util.Optional;
import net.dglb.net.Location;

/**
 * Where measurements were made: beside a load balancer or a measurement service.
 *
 * @param id the node's id
 * @param location for ordering by distance where nothing is measured
 */
public record Place(String id, Optional<Location> location) {}
