package net.dglb.backbone.registry;

import com.google.protobuf.ByteString;
import net.dglb.backbone.registry.state.Quota;

/**
 * A wish to make an enterprise known or to change it.
 *
 * @param enterprise its identifier
 * @param tokenHash of the token that it shows; empty if it may show none
 * @param quota how much it may register
 * @param caller who asks
 */
public record Admission(String enterprise, ByteString tokenHash, Quota quota, Caller caller) {}
