package net.dglb.backbone.duty;

import java.util.ArrayList;
import java.util.List;
import net.dglb.backbone.announce.Directory;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.mapping.convert.LabelDuty;
import net.dglb.net.DomainName;
import net.dglb.service.Service;

/** Writes what a holder of a label is to answer. */
final class DutyOrder {

  private DutyOrder() {}

  /**
   * The duty of one holder.
   *
   * @param own whose place the label names
   * @param named ids of who is named to resolvers now; the receiver is in any case
   */
  static LabelDuty of(
      RegisteredService registered, LoadBalancer own, String receiver, List<String> named) {
    List<String> servers = new ArrayList<>(named);
    if (!servers.contains(receiver)) {
      servers.add(receiver);
    }
    if (servers.size() < 2) {
      servers.add(Directory.BACKBONE_ID);
    }
    DomainName parent = registered.origin().child("ns");
    Service service = registered.service();
    return new LabelDuty(
        own.id(),
        service.name(),
        registered.version(),
        !receiver.equals(own.id()),
        own.location(),
        servers.stream().limit(LabelDuty.MAX_NAME_SERVERS).map(parent::child).toList(),
        service.ttls().referral());
  }
}
