package net.dglb.service;

/** What a load balancer, or the backbone, answers for a service. */
public enum Mode {
  /** The addresses of the best site. */
  ANSWER,
  /** The load balancer's own address; it proxies the content. Not available yet. */
  CACHE,
  /** The same, answered by the backbone itself from what load balancers report: no referral. */
  DIRECT,
  /** The load balancer sends clients on by HTTP redirect. Not available yet. */
  REDIRECT,
  /** The load balancer forwards connections. Not available yet. */
  RELAY
}
