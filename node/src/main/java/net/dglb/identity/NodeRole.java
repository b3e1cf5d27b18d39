package net.dglb.identity;

import java.util.Arrays;
import java.util.Optional;

/** What a node does in the network. */
public enum NodeRole {
  /** An enterprise's authoritative name server (DNS-A). */
  AUTHORITY("authority"),
  /** A name server that refers resolvers to load balancers (DNS-B). */
  BACKBONE("backbone"),
  /** A load-balancing name server beside resolvers (DNS-LB). */
  LOAD_BALANCER("lb"),
  /** An agent that measures elsewhere (MService). */
  MEASUREMENT_SERVICE("mservice");

  private final String word;

  NodeRole(String word) {
    this.word = word;
  }

  /** The word in certificates, commands and status trees. */
  public String word() {
    return word;
  }

  /** The role of a word. */
  public static Optional<NodeRole> ofWord(String word) {
    return Arrays.stream(values()).filter(role -> role.word.equals(word)).findFirst();
  }
}
