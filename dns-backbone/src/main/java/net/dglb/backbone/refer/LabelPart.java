package net.dglb.backbone.refer;

/**
 * One label of one service.
 *
 * @param servesItself whether the label's own load balancer is in service and verified for it
 * @param nameServers to whom the label is referred; shared by labels with the same holders
 * @param addresses what the label address answers; shared by labels of which nothing is known
 */
record LabelPart(boolean servesItself, NameServerSet nameServers, SiteAddresses addresses) {}
