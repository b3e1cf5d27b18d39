package net.dglb.backbone.registry;

/**
 * A wish to say something of sites for the whole network, or to take it back.
 *
 * @param pattern which sites
 * @param state up, down or drain; empty to take back what was said with this pattern
 * @param who says it, for people
 * @param why in their words
 * @param caller who asks
 */
public record SiteWish(String pattern, String state, String who, String why, Caller caller) {}
