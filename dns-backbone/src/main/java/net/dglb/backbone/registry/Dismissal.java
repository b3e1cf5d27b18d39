package net.dglb.backbone.registry;

/**
 * A wish to forget an enterprise with all its credentials.
 *
 * @param enterprise its identifier
 * @param withZones whether its zones are removed too; otherwise it must have none
 * @param caller who asks
 */
public record Dismissal(String enterprise, boolean withZones, Caller caller) {}
