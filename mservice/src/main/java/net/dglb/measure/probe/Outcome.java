package net.dglb.measure.probe;

/** How a probe ended. */
public enum Outcome {
  /** Connected and, over HTTP, answered whole with a status that the check accepts. */
  SUCCESS,
  /** The site refused the connection. */
  REFUSED,
  /** There is no way to the site from here. */
  UNREACHABLE,
  /** Not done within the check's timeout. */
  TIMED_OUT,
  /** The connection was reset. */
  RESET,
  /** The certificate is not trusted or not for this host, or there is no common protocol. */
  TLS_FAILED,
  /** The answer is not of the protocol that was spoken, or a DNS error. */
  BAD_RESPONSE,
  /** The status is none of those that the check accepts. */
  BAD_STATUS,
  /** The body does not contain what the check expects. */
  BAD_BODY,
  /** The connection ended before the answer was whole. */
  ABORTED,
  /**
   * The probe could not be made here: no socket, not allowed, not from the configured address, or
   * no route to the site. Says nothing about the site.
   */
  LOCAL_FAULT;

  /** Whether the site works. */
  public boolean isSuccess() {
    return this == SUCCESS;
  }

  /** Whether this says something about the site at all. */
  public boolean isAboutSite() {
    return this != LOCAL_FAULT;
  }
}
