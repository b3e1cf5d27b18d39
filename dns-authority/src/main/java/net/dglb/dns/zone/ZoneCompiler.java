package net.dglb.dns.zone;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.dglb.dns.wire.NameTable;
import net.dglb.dns.wire.RecordSet;
import net.dglb.dns.wire.WireName;
import net.dglb.net.DomainName;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Compiles the records of one zone: owners, empty non-terminals, cuts, wildcards, aliases. */
final class ZoneCompiler {

  private static final int MAX_FURTHER_ALIASES = 15;

  private final DomainName apexName;
  private final Name apex;
  private final byte[] apexWire;

  /** Records by owner and type; owners in canonical order, so that parents come first. */
  private final NavigableMap<Name, Map<Integer, List<Record>>> owners = new TreeMap<>();

  /** RRSIG records by owner and the type that they cover. */
  private final Map<Name, Map<Integer, List<Record>>> signatures = new HashMap<>();

  private final Map<Name, ZoneNode> nodes = new HashMap<>();

  /** Where each node's CNAME leads. */
  private final IdentityHashMap<ZoneNode, Name> aliasTargets = new IdentityHashMap<>();

  ZoneCompiler(DomainName apexName) {
    this.apexName = apexName;
    this.apexWire = apexName.toWire();
    try {
      this.apex = Name.fromString(apexName.toString(), Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException("apex: " + apexName, e);
    }
  }

  StaticZone compile(List<Record> records, Collection<Name> notReady) throws ZoneException {
    ZoneRules.checkRecords(apex, records);
    records.forEach(this::group);
    ZoneRules.checkSets(apex, owners);
    boolean signed = signatures.getOrDefault(apex, Map.of()).containsKey(Type.SOA);
    owners.forEach(this::addNode);
    notReady.forEach(name -> nodes.computeIfAbsent(name, _ -> new ZoneNode()).notReady = true);
    List.copyOf(nodes.keySet()).forEach(this::addParents);
    owners.forEach(this::linkNameServers);
    nodes.forEach(this::inheritDelegation);
    nodes.forEach(this::linkWildcard);
    owners.forEach(this::noteAlias);
    DenialCompiler denials = new DenialCompiler(apex, nodes);
    if (signed) {
      denials.compile(owners);
    }
    owners.forEach((owner, sets) -> linkAlias(owner, sets, denials));
    return new StaticZone(apexName, table(), negativeSoa(), new Proofs(denials.chain()));
  }

  private void group(Record record) {
    boolean signature = record instanceof RRSIGRecord;
    List<Record> set =
        (signature ? signatures : owners)
            .computeIfAbsent(record.getName(), _ -> new LinkedHashMap<>())
            .computeIfAbsent(
                record instanceof RRSIGRecord rrsig ? rrsig.getTypeCovered() : record.getType(),
                _ -> new ArrayList<>());
    if (!set.contains(record)) {
      set.add(record);
    }
  }

  private void addNode(Name owner, Map<Integer, List<Record>> records) {
    ZoneNode node = new ZoneNode();
    node.sets = records.values().stream().map(this::compileSet).toArray(RecordSet[]::new);
    node.any =
        Stream.of(node.sets)
            .filter(set -> set.type() != Type.NSEC)
            .findFirst()
            .orElse(node.sets[0]);
    nodes.put(owner, node);
  }

  /** A set with its signatures, if there are any. */
  private RecordSet compileSet(List<Record> records) {
    return withSignatures(RecordSets.compile(records, apexWire), records.getFirst());
  }

  private RecordSet withSignatures(RecordSet set, Record record) {
    List<Record> covering =
        signatures
            .getOrDefault(record.getName(), Map.of())
            .getOrDefault(record.getType(), List.of());
    return covering.isEmpty() ? set : set.signed(covering.stream().map(RecordSets::data).toList());
  }

  /** Every name between an owner and the apex exists (RFC 4592 section 2.2.2). */
  private void addParents(Name owner) {
    for (Name name = owner; !name.equals(apex); name = new Name(name, 1)) {
      nodes.putIfAbsent(new Name(name, 1), new ZoneNode());
    }
  }

  private void linkNameServers(Name owner, Map<Integer, List<Record>> records) {
    List<Record> servers = records.get(Type.NS);
    if (servers == null) {
      return;
    }
    List<Delegation.Glue> inside = new ArrayList<>();
    List<Delegation.Glue> beside = new ArrayList<>();
    for (int i = 0; i < servers.size(); i++) {
      Name server = ((NSRecord) servers.get(i)).getTarget();
      for (RecordSet addresses : addressesOf(server)) {
        (server.subdomain(owner) ? inside : beside).add(new Delegation.Glue(i, addresses));
      }
    }
    ZoneNode node = node(owner);
    if (owner.equals(apex)) {
      node.serverAddresses = List.copyOf(inside);
      return;
    }
    byte[] prefix = Arrays.copyOf(owner.toWire(), owner.length() - apex.length());
    RecordSet ds = node.find(Type.DS);
    RecordSet security = ds == null || ds.signatures() == null ? node.find(Type.NSEC) : ds;
    node.delegation =
        new Delegation(owner.labels() - 1, prefix, compileSet(servers), security, inside, beside);
    node.atCut = true;
  }

  private List<RecordSet> addressesOf(Name server) {
    Map<Integer, List<Record>> records = owners.getOrDefault(server, Map.of());
    List<RecordSet> sets = new ArrayList<>();
    for (int type : new int[] {Type.A, Type.AAAA}) {
      if (records.containsKey(type)) {
        sets.add(compileSet(records.get(type)));
      }
    }
    return sets;
  }

  /** What lies below a cut is answered by the uppermost cut above it. */
  private void inheritDelegation(Name owner, ZoneNode node) {
    ZoneNode uppermost = null;
    for (Name name = owner; !name.equals(apex); name = new Name(name, 1)) {
      ZoneNode above = node(name);
      uppermost = above.atCut ? above : uppermost;
    }
    if (uppermost != null) {
      node.delegation = uppermost.delegation;
      node.atCut = uppermost.equals(node);
    }
  }

  private void linkWildcard(Name owner, ZoneNode node) {
    if (owner.isWild() && !owner.equals(apex)) {
      node(new Name(owner, 1)).wildcard = node;
    }
  }

  private void noteAlias(Name owner, Map<Integer, List<Record>> records) {
    List<Record> cname = records.get(Type.CNAME);
    if (cname != null) {
      aliasTargets.put(node(owner), ((CNAMERecord) cname.getFirst()).getTarget());
    }
  }

  private void linkAlias(Name owner, Map<Integer, List<Record>> records, DenialCompiler denials) {
    ZoneNode node = node(owner);
    Name target = aliasTargets.get(node);
    if (target != null) {
      node.alias =
          new Alias(
              compileSet(records.getOrDefault(Type.CNAME, List.of())),
              answering(target),
              target.subdomain(apex),
              nodes.containsKey(target),
              denials.proofsFor(target),
              furtherAliases(owner, target));
    }
  }

  private int furtherAliases(Name owner, Name target) {
    Set<Name> written = new HashSet<>(owner.isWild() ? Set.of() : Set.of(owner));
    Name next = target;
    for (int further = 0; further < MAX_FURTHER_ALIASES; further++) {
      ZoneNode source = answering(next);
      Name after = source == null ? null : aliasTargets.get(source);
      if (after == null || !written.add(next)) {
        return further;
      }
      next = after;
    }
    return MAX_FURTHER_ALIASES;
  }

  /** The node that answers for a name: its own, one at or above it with a cut, a wildcard. */
  private @Nullable ZoneNode answering(Name name) {
    if (!name.subdomain(apex)) {
      return null;
    }
    Name encloser = name;
    while (!nodes.containsKey(encloser)) {
      encloser = new Name(encloser, 1);
    }
    ZoneNode node = node(encloser);
    return encloser.equals(name) || node.delegation != null ? node : node.wildcard;
  }

  private ZoneNode node(Name name) {
    ZoneNode node = nodes.get(name);
    if (node == null) {
      throw new IllegalStateException("no node for " + name);
    }
    return node;
  }

  private NameTable<ZoneNode> table() {
    Map<WireName, ZoneNode> table = new HashMap<>();
    nodes.forEach((name, node) -> table.put(WireName.of(name.toWire()), node));
    return NameTable.of(table);
  }

  private RecordSet negativeSoa() {
    List<Record> soa = owners.getOrDefault(apex, Map.of()).getOrDefault(Type.SOA, List.of());
    SOARecord record = (SOARecord) soa.getFirst();
    int ttl = Math.toIntExact(Math.min(record.getTTL(), record.getMinimum()));
    return withSignatures(RecordSets.compile(soa, apexWire, ttl), record);
  }
}
