package net.dglb.backbone.refer;

/**
 * One label of one service.
 *
 * @param measured whether resolvers may be sent to it: its load balancer has served it
 * @param nameServers to whom the label is referred; shared by labels with the same holders
 * @param addresses what the label address answers; shared by labels of which nothing is known
 */
record LabelPart(boolean measured, NameServerSet nameServers, SiteAddresses addresses) {}
