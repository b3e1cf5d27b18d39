package net.dglb.backbone.refer;

import java.util.HashMap;
import java.util.Map;
import net.dglb.dns.wire.NameTable;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.WireName;
import net.dglb.net.DomainName;
import org.jspecify.annotations.Nullable;

/**
 * The names of one enterprise zone: services, the names between them and the apex, and the reserved
 * {@code ns}. Immutable. A load balancer's label stands before a service's name and is not listed
 * here.
 */
final class ZoneNames {

  private static final byte[] RESERVED = {'n', 's'};

  /** The service that has the apex's name. */
  private final @Nullable ServicePart atApex;

  private final NameTable<ServicePart> services;

  /** Names that only have services below them. */
  private final NameTable<DomainName> between;

  ZoneNames(DomainName apex, Map<DomainName, ServicePart> services) {
    Map<WireName, ServicePart> parts = new HashMap<>();
    Map<WireName, DomainName> above = new HashMap<>();
    services.forEach((name, part) -> {
      parts.put(WireName.of(name), part);
      for (DomainName up = name.parent(); up.isBelow(apex); up = up.parent()) {
        if (!services.containsKey(up)) {
          above.put(WireName.of(up), up);
        }
      }
    });
    this.atApex = services.get(apex);
    this.services = NameTable.of(parts);
    this.between = NameTable.of(above);
  }

  /** Whether the question lies at or below {@code ns} directly under the apex. */
  boolean isReserved(Query query) {
    int at = query.labelOffset(query.apexLabel() - 1);
    byte[] name = query.name();
    return name[at] == RESERVED.length
        && name[at + 1] == RESERVED[0]
        && name[at + 2] == RESERVED[1];
  }

  /**
   * The label at which the service begins that the question names or lies below; -1 if there is
   * none.
   */
  int serviceLabel(Query query) {
    for (int label = query.apexLabel(); label >= 0; label--) {
      if (serviceAt(query, label) != null) {
        return label;
      }
    }
    return -1;
  }

  /** The service whose name begins at a label of the question, or null. */
  @Nullable ServicePart serviceAt(Query query, int label) {
    return label == query.apexLabel() ? atApex : services.find(query, label);
  }

  /** Whether the question's name itself is there only because of what lies below it. */
  boolean isEmptyNonTerminal(Query query) {
    return between.find(query, 0) != null;
  }
}
