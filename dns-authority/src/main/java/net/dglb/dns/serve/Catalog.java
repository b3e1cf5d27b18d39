package net.dglb.dns.serve;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.dglb.dns.prefix.PrefixTable;
import net.dglb.dns.wire.NameTable;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.RecordType;
import net.dglb.dns.wire.WireName;
import net.dglb.dns.zone.Zone;
import org.jspecify.annotations.Nullable;

/** The zones that a server answers from: immutable, published as a whole, read by DNS threads. */
public final class Catalog {

  private final List<Zone> zones;
  private final NameTable<Zone> byApex;
  private final int mostLabels;

  /** Read by workers only. */
  final PrefixTable[] sourceTables;

  private Catalog(Collection<? extends Zone> zones) {
    Map<WireName, Zone> table = new HashMap<>();
    Set<PrefixTable> sources = new LinkedHashSet<>();
    int most = 0;
    for (Zone zone : zones) {
      if (table.put(WireName.of(zone.apex()), zone) != null) {
        throw new IllegalArgumentException("two zones with the apex " + zone.apex());
      }
      sources.addAll(zone.sourceTables());
      most = Math.max(most, zone.apex().labels().size());
    }
    this.zones = List.copyOf(zones);
    this.byApex = NameTable.of(table);
    this.mostLabels = most;
    this.sourceTables = sources.toArray(PrefixTable[]::new);
  }

  /**
   * Makes a catalog.
   *
   * @throws IllegalArgumentException if two zones have the same apex
   */
  public static Catalog of(Collection<? extends Zone> zones) {
    return new Catalog(zones);
  }

  /** Serves nothing: every question is refused. */
  public static Catalog empty() {
    return of(List.of());
  }

  /** All zones. */
  public Collection<Zone> zones() {
    return zones;
  }

  /**
   * The closest enclosing zone of the question, or null; sets the query's apex label. A DS record
   * belongs to the parent: for it, a zone above is preferred to the one that begins at the very
   * name (RFC 4035 section 3.1.4.1).
   */
  public @Nullable Zone find(Query query) {
    Zone atName = null;
    for (int label = Math.max(0, query.labelCount() - mostLabels);
        label <= query.labelCount();
        label++) {
      Zone zone = byApex.find(query, label);
      if (zone == null) {
        continue;
      }
      if (label > 0 || query.type() != RecordType.DS) {
        query.apexLabel(label);
        return zone;
      }
      atName = zone;
    }
    query.apexLabel(0);
    return atName;
  }
}
