package net.dglb.decision.path;

/**
 * A site with its estimated latency from a client's location.
 *
 * @param siteId the site within its service
 * @param estimate from the client's location
 */
public record EstimatedSite(String siteId, PathEstimate estimate) {}
