package net.dglb.backbone.registry;

import java.util.Optional;
import net.dglb.net.Endpoint;

/**
 * A wish to change which nodes decide.
 *
 * @param node the id of a backbone node
 * @param endpoint where the others reach it; empty to remove it
 * @param caller who asks
 */
public record VoterWish(String node, Optional<Endpoint> endpoint, Caller caller) {}
