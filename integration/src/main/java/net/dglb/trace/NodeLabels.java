package net.dglb.trace;

import java.net.InetAddress;
import java.util.Optional;

/** Says which node of the network an address belongs to, where that is known. */
@FunctionalInterface
public interface NodeLabels {

  /** Knows none. */
  NodeLabels NONE = address -> Optional.empty();

  /** The node's role and id, such as {@code backbone b1}. */
  Optional<String> of(InetAddress address);
}
