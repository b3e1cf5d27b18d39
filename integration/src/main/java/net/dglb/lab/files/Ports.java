package net.dglb.lab.files;

/** Ports of the lab's nodes, each on the node's own address. */
public final class Ports {

  /** The admin API of every node. */
  public static final int ADMIN = 8053;

  /** The mapping protocol at backbone nodes; load balancers only connect there. */
  public static final int MAPPING = 8853;

  /** The cluster of the backbone nodes. */
  public static final int CLUSTER = 5701;

  /** Where backbone nodes agree on registrations. */
  public static final int REGISTRY = 5801;

  private Ports() {}
}
