package net.dglb.backbone.update;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.dglb.dns.zone.Names;
import net.dglb.net.AddressFamily;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;
import net.dglb.service.TextSet;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * A zone while an update changes it, seen as records: addresses at the name of each service and at
 * {@code <site>._sites.<service>}, TXT records wherever updates put them, and SOA and NS records at
 * the apex, which do not change.
 */
final class ZoneDraft {

  /** The label below a service that stands above its sites. */
  static final String SITES = "_sites";

  private final EnterpriseZone zone;
  private final List<Record> fixed;
  private final Map<DomainName, SiteSets> services = new LinkedHashMap<>();
  private final Map<DomainName, TextSet> texts = new TreeMap<>();

  /**
   * Begins with what is registered.
   *
   * @param fixed the records at the apex
   */
  ZoneDraft(EnterpriseZone zone, List<TextSet> texts, List<Record> fixed) {
    this.zone = zone;
    this.fixed = List.copyOf(fixed);
    zone.services().forEach(service -> services.put(service.name(), new SiteSets(service)));
    texts.forEach(text -> this.texts.put(text.name(), text));
  }

  /** A site as a name: which service, and which site. */
  private record SiteName(SiteSets sites, String id) {}

  private @Nullable SiteName siteAt(DomainName name) {
    if (name.labels().size() < 3 || !name.labels().get(1).equals(SITES)) {
      return null;
    }
    SiteSets sites = services.get(name.parent().parent());
    return sites == null ? null : new SiteName(sites, name.labels().getFirst());
  }

  /** The records of one name and type. */
  List<Record> set(DomainName name, int type) {
    return switch (type) {
      case Type.A -> addresses(name, AddressFamily.IPV4);
      case Type.AAAA -> addresses(name, AddressFamily.IPV6);
      case Type.TXT -> textsAt(name);
      default ->
          fixed.stream()
              .filter(record -> record.getType() == type && record.getName().equals(Names.of(name)))
              .toList();
    };
  }

  /** Whether a name has any record (RFC 2136 section 2.4.4). */
  boolean isInUse(DomainName name) {
    return fixed.stream().anyMatch(record -> record.getName().equals(Names.of(name)))
        || !set(name, Type.A).isEmpty()
        || !set(name, Type.AAAA).isEmpty()
        || !set(name, Type.TXT).isEmpty();
  }

  private List<Record> addresses(DomainName name, AddressFamily family) {
    SiteSets service = services.get(name);
    SiteName site = siteAt(name);
    List<InetAddress> found =
        service != null
            ? service.addresses(family)
            : site != null ? site.sites().addresses(site.id(), family) : List.of();
    long ttl = serviceOf(name).map(it -> it.ttls().answer().toSeconds()).orElse(0L);
    Name owner = Names.of(name);
    return found.stream().map(address -> record(owner, ttl, address)).toList();
  }

  private static Record record(Name owner, long ttl, InetAddress address) {
    return AddressFamily.of(address) == AddressFamily.IPV4
        ? new ARecord(owner, DClass.IN, ttl, address)
        : new AAAARecord(owner, DClass.IN, ttl, address);
  }

  private Optional<Service> serviceOf(DomainName name) {
    return zone.services().stream().filter(it -> name.isAtOrBelow(it.name())).findFirst();
  }

  private List<Record> textsAt(DomainName name) {
    TextSet set = texts.get(name);
    return set == null ? List.of() : TextRecords.of(set);
  }

  /** Whether addresses may stand at a name: at a service and at its sites. */
  boolean takesAddresses(DomainName name) {
    return services.containsKey(name) || siteAt(name) != null;
  }

  /**
   * Whether TXT records may stand at a name: anywhere but in what the network needs for itself, and
   * below a service only behind an underscore, since what stands directly before a service's name
   * may be a load balancer's label.
   */
  boolean takesTexts(DomainName name) {
    DomainName origin = zone.origin();
    if (name.equals(origin)) {
      return services.containsKey(name);
    }
    int below = name.labels().size() - origin.labels().size();
    if (EnterpriseZone.RESERVED_LABELS.contains(name.labels().get(below - 1))) {
      return false;
    }
    for (DomainName service : services.keySet()) {
      if (name.isBelow(service)) {
        String label = name.labels().get(name.labels().size() - service.labels().size() - 1);
        return label.startsWith("_") && !label.equals(SITES);
      }
    }
    return !name.labels().contains("*");
  }

  /** Adds an address where {@link #takesAddresses}. */
  void add(DomainName name, InetAddress address) {
    SiteSets service = services.get(name);
    SiteName site = siteAt(name);
    if (service != null) {
      service.add(address);
    } else if (site != null) {
      site.sites().add(site.id(), address);
    }
  }

  /** Takes an address away. */
  void remove(DomainName name, InetAddress address) {
    SiteSets service = services.get(name);
    SiteName site = siteAt(name);
    if (service != null) {
      service.remove(address);
    } else if (site != null) {
      site.sites().remove(site.id(), address);
    }
  }

  /**
   * Adds a TXT record where {@link #takesTexts}; the set takes its TTL (RFC 2136 section 3.4.2.2).
   */
  void addText(DomainName name, int ttlSeconds, String data) {
    TextSet present = texts.get(name);
    Set<String> all = new LinkedHashSet<>(present == null ? List.of() : present.data());
    all.add(data);
    texts.put(
        name,
        new TextSet(name, Math.clamp(ttlSeconds, 0, TextSet.MAX_TTL_SECONDS), List.copyOf(all)));
  }

  /** Takes a TXT record away. */
  void removeText(DomainName name, String data) {
    TextSet present = texts.get(name);
    if (present == null) {
      return;
    }
    List<String> left = present.data().stream().filter(it -> !it.equals(data)).toList();
    if (left.isEmpty()) {
      texts.remove(name);
    } else {
      texts.put(name, new TextSet(name, present.ttlSeconds(), left));
    }
  }

  /** All records: what a transfer tells. */
  List<Record> records() {
    List<Record> all = new ArrayList<>(fixed);
    services.forEach((name, sites) -> {
      addSets(all, name);
      DomainName above = name.child(SITES);
      sites.ids().forEach(id -> addSets(all, above.child(id)));
    });
    texts.values().forEach(text -> all.addAll(TextRecords.of(text)));
    return all;
  }

  private void addSets(List<Record> all, DomainName name) {
    all.addAll(set(name, Type.A));
    all.addAll(set(name, Type.AAAA));
  }

  /** The TXT records now. */
  List<TextSet> texts() {
    return List.copyOf(texts.values());
  }

  /**
   * The zone now; the same as at first if no address has changed.
   *
   * @throws IllegalArgumentException if it breaks a rule of registrations, saying which
   */
  EnterpriseZone zone() {
    List<Service> changed = services.values().stream().map(SiteSets::result).toList();
    return changed.equals(zone.services()) ? zone : zone.withServices(changed);
  }
}
