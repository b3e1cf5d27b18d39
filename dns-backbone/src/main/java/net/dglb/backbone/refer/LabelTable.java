package net.dglb.backbone.refer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.dglb.backbone.announce.Directory;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.dns.wire.NameTable;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.WireName;
import org.jspecify.annotations.Nullable;

/** The load balancers' parts by ordinal and by label. Immutable, shared by all zones. */
final class LabelTable {

  /** The ordinal of the backbone's label addresses, which serve every label. */
  static final int BACKBONE = Directory.BACKBONE;

  private final LoadBalancerPart[] byOrdinal;
  private final NameTable<LoadBalancerPart> byLabel;

  LabelTable(List<LoadBalancerPart> parts) {
    byOrdinal = parts.toArray(LoadBalancerPart[]::new);
    Map<WireName, LoadBalancerPart> labels = new HashMap<>();
    parts.forEach(part -> labels.put(WireName.ofLabel(part.id()), part));
    byLabel = NameTable.of(labels);
  }

  /** A table of these load balancers, with the parts of this one where they are the same. */
  LabelTable with(List<LoadBalancer> loadBalancers, int ttlSeconds) {
    return new LabelTable(
        loadBalancers.stream()
            .map(lb ->
                lb.ordinal() < byOrdinal.length && byOrdinal[lb.ordinal()].isOf(lb)
                    ? byOrdinal[lb.ordinal()]
                    : new LoadBalancerPart(lb.ordinal(), lb.id(), lb.addresses(), ttlSeconds))
            .toList());
  }

  LoadBalancerPart get(int ordinal) {
    return byOrdinal[ordinal];
  }

  /** The load balancer that a label of the question's name stands for, or null. */
  @Nullable LoadBalancerPart find(Query query, int label) {
    return byLabel.findLabel(query, label);
  }

  /** The ids by ordinal. */
  List<String> ids() {
    return Stream.of(byOrdinal).map(LoadBalancerPart::id).toList();
  }

  /** Whether a table of these load balancers would be the same. */
  boolean isOf(List<LoadBalancer> loadBalancers) {
    return loadBalancers.size() == byOrdinal.length
        && loadBalancers.stream().allMatch(lb -> byOrdinal[lb.ordinal()].isOf(lb));
  }

  int size() {
    return byOrdinal.length;
  }
}
