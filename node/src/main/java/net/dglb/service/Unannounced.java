package net.dglb.service;

/**
 * What becomes of resolvers that no load balancer announced, if it is known where they stand. Only
 * of a service of mode {@link Mode#ANSWER}.
 */
public enum Unannounced {
  /** The backbone answers the site that is estimated to be the best for them, by itself. */
  ANSWER,
  /** They are referred to the load balancer whose own answer is estimated to be the best. */
  REFER
}
