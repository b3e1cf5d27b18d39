package net.dglb.backbone.refer;

/**
 * One label of one service.
 *
 * @param measured whether its load balancer has served it
 * @param live whether its load balancer is in service: until it serves the label, the label
 *     addresses answer for its place
 * @param nameServers to whom the label is referred; shared by labels with the same holders
 * @param addresses what the label address answers; shared by labels of which nothing is known
 */
record LabelPart(
    boolean measured, boolean live, NameServerSet nameServers, SiteAddresses addresses) {

  /** Whether resolvers may be sent to it. */
  boolean standsForItsPlace() {
    return measured || live;
  }
}
