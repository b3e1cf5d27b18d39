package net.dglb.backbone.duty;

/**
 * A load balancer that holds a label, as the explanation of a referral shows it.
 *
 * @param id its id
 * @param state how far it is with the label: assigned, acknowledged, verified or leaving
 * @param named whether it is named to resolvers
 * @param kilometres from the label's place; unknown distances are the longest
 */
public record HolderView(String id, String state, Named named, double kilometres) {}
