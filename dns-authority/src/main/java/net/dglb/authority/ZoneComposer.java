package net.dglb.authority;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import net.dglb.authority.ask.FlattenedNames.Flattened;
import net.dglb.dns.zone.Names;
import net.dglb.mapping.convert.DelegationSigner;
import net.dglb.net.DomainName;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Adds delegations and aliases to the records of a master file. Where the file holds something at
 * the same place, the file wins and a warning says what is therefore not published. What the
 * backbone has not told yet must not look as if it did not exist: resolvers would remember that.
 */
final class ZoneComposer {

  /**
   * A composed zone.
   *
   * @param records all of the zone
   * @param notReady names whose records are not known yet, see {@link
   *     net.dglb.dns.zone.StaticZone#compile(DomainName, List, Collection)}
   * @param warnings what the operator should know
   */
  record Composed(List<Record> records, List<Name> notReady, List<String> warnings) {}

  private final DomainName origin;
  private final Collection<DomainName> allOrigins;
  private final List<Record> file;
  private final List<Record> added = new ArrayList<>();
  private final List<Name> notReady = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private final Map<DomainName, Flattened> flattened;

  private ZoneComposer(
      DomainName origin,
      Collection<DomainName> allOrigins,
      List<Record> file,
      Map<DomainName, Flattened> flattened) {
    this.flattened = flattened;
    this.origin = origin;
    this.allOrigins = allOrigins;
    this.file = file;
  }

  /**
   * Composes one zone.
   *
   * @param origins the apexes of all zones of this server, among them this one's: a name belongs to
   *     the closest
   * @param flattened what zones' apexes have that stand for a service
   */
  static Composed compose(
      DomainName origin,
      Collection<DomainName> origins,
      List<Record> file,
      Collection<ZoneAddition> additions,
      Map<DomainName, Flattened> flattened) {
    ZoneComposer composer = new ZoneComposer(origin, origins, file, flattened);
    additions.forEach(composer::add);
    List<Record> all = new ArrayList<>(file);
    all.addAll(composer.added);
    return new Composed(all, composer.notReady, composer.warnings);
  }

  /** The closest of the zones that a name lies strictly below; null if there is none. */
  static @Nullable DomainName closest(DomainName name, Collection<DomainName> origins) {
    return origins.stream()
        .filter(name::isBelow)
        .max((a, b) -> Integer.compare(a.labels().size(), b.labels().size()))
        .orElse(null);
  }

  private void add(ZoneAddition addition) {
    if (origin.equals(closest(addition.cut(), allOrigins))) {
      addDelegation(addition);
    }
    addition
        .aliases()
        .forEach((alias, service) -> {
          if (alias.equals(origin)) {
            addFlattened(service);
          } else if (origin.equals(closest(alias, allOrigins))) {
            addAlias(alias, service, addition);
          }
        });
  }

  private void addDelegation(ZoneAddition addition) {
    Name cut = Names.of(addition.cut());
    for (Record record : file) {
      if (record.getName().subdomain(cut) && !allowedAt(cut, record)) {
        warnings.add(
            "%s: not delegated to the backbone, since the master file has %s %s there (remove it to have the delegation published)"
                .formatted(
                    addition.cut(),
                    record.getName().toString(true),
                    Type.string(record.getType())));
        return;
      }
    }
    if (addition.nameServers().isEmpty()) {
      notReady.add(cut);
      notReady.add(Names.wildcardBelow(cut));
      return;
    }
    for (DomainName server : addition.nameServers().keySet()) {
      added.add(new NSRecord(cut, DClass.IN, addition.ttlSeconds(), Names.of(server)));
    }
    addition.nameServers().forEach((server, at) -> addAddresses(server, at, addition));
    if (!holds(file, cut)) { // what the operator says of keys counts
      for (DelegationSigner signer : addition.signers()) {
        added.add(Record.newRecord(cut, Type.DS, DClass.IN, addition.ttlSeconds(), signer.data()));
      }
    }
  }

  /** DS records belong to the parent's side of a cut and stay; nothing else of the file may. */
  private static boolean allowedAt(Name cut, Record record) {
    return record.getName().equals(cut) && record.getType() == Type.DS;
  }

  /** A name server inside this zone needs its addresses here, as glue or as plain data. */
  private void addAddresses(DomainName server, List<InetAddress> addresses, ZoneAddition addition) {
    Name name = Names.of(server);
    if (!server.isAtOrBelow(origin) || holds(file, name) || holds(added, name)) {
      return;
    }
    for (InetAddress address : addresses) {
      added.add(address(name, addition.ttlSeconds(), address));
    }
  }

  /** No CNAME may stand at the apex: it has the service's addresses instead. */
  private void addFlattened(DomainName service) {
    Name apex = Names.of(origin);
    if (holds(file, apex, Type.A) || holds(file, apex, Type.AAAA)) {
      warnings.add(
          "%s: does not get the addresses of %s, since the master file has some there (remove them to have the others published)"
              .formatted(origin, service));
      return;
    }
    Flattened known = flattened.get(origin);
    if (known != null) {
      known.addresses().forEach(at -> added.add(address(apex, known.ttlSeconds(), at)));
    }
  }

  private static Record address(Name name, int ttlSeconds, InetAddress address) {
    return address instanceof Inet4Address
        ? new ARecord(name, DClass.IN, ttlSeconds, address)
        : new AAAARecord(name, DClass.IN, ttlSeconds, address);
  }

  private static boolean holds(List<Record> records, Name name, int type) {
    return records.stream()
        .anyMatch(record -> record.getType() == type && record.getName().equals(name));
  }

  private void addAlias(DomainName alias, DomainName service, ZoneAddition addition) {
    Name name = Names.of(alias);
    if (holds(file, name) || holds(added, name)) {
      warnings.add(
          "%s: not made an alias of %s, since the master file has records there (remove them to have the alias published)"
              .formatted(alias, service));
      return;
    }
    if (addition.nameServers().isEmpty()) {
      notReady.add(name);
      return;
    }
    added.add(new CNAMERecord(name, DClass.IN, addition.ttlSeconds(), Names.of(service)));
  }

  private static boolean holds(List<Record> records, Name name) {
    return records.stream().anyMatch(record -> record.getName().equals(name));
  }
}
