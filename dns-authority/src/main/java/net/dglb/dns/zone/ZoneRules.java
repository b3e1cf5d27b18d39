package net.dglb.dns.zone;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** What must hold before records can be served as a zone; finds every problem, not just one. */
final class ZoneRules {

  /** Signatures and denials may stand beside a CNAME (RFC 4034 section 3, RFC 2181 10.1). */
  private static final Set<Integer> BESIDE_ALIAS = Set.of(Type.CNAME, Type.RRSIG, Type.NSEC);

  private final Name apex;
  private final List<String> problems = new ArrayList<>();

  private ZoneRules(Name apex) {
    this.apex = apex;
  }

  /** Checks single records, before they are put in order. */
  static void checkRecords(Name apex, List<Record> records) throws ZoneException {
    ZoneRules rules = new ZoneRules(apex);
    records.forEach(rules::checkRecord);
    rules.report();
  }

  /** Checks what stands beside what. */
  static void checkSets(Name apex, Map<Name, Map<Integer, List<Record>>> owners)
      throws ZoneException {
    ZoneRules rules = new ZoneRules(apex);
    rules.checkApex(owners.getOrDefault(apex, Map.of()));
    owners.forEach(rules::checkOwner);
    rules.report();
  }

  private void checkRecord(Record record) {
    if (!record.getName().subdomain(apex)) {
      problem(record.getName(), "lies outside of the zone " + apex);
    }
    if (record.getDClass() != DClass.IN) {
      problem(record.getName(), "class " + DClass.string(record.getDClass()) + " (expected IN)");
    }
    if (record.getTTL() > Integer.MAX_VALUE) {
      problem(record.getName(), "TTL " + record.getTTL() + " (expected 0 to 2147483647)");
    }
    int type = record.getType();
    if (type == Type.DNAME) {
      problem(record.getName(), "DNAME is not served (use a CNAME per name, or a wildcard)");
    }
    if (type == Type.OPT || (type >= 128 && type <= 255)) {
      problem(record.getName(), "type " + Type.string(type) + " cannot stand in a zone");
    }
  }

  private void checkApex(Map<Integer, List<Record>> sets) {
    int soas = sets.getOrDefault(Type.SOA, List.of()).size();
    if (soas != 1) {
      problem(apex, soas + " SOA records (expected 1 at the zone's apex)");
    }
    if (!sets.containsKey(Type.NS)) {
      problem(apex, "no NS record (expected at least 1 at the zone's apex)");
    }
  }

  private void checkOwner(Name owner, Map<Integer, List<Record>> sets) {
    if (sets.containsKey(Type.CNAME)) {
      if (sets.get(Type.CNAME).size() > 1) {
        problem(owner, sets.get(Type.CNAME).size() + " CNAME records (expected 1)");
      }
      sets.keySet().stream()
          .filter(type -> !BESIDE_ALIAS.contains(type))
          .forEach(type -> problem(owner, "CNAME beside " + Type.string(type)));
    }
    if (owner.isWild() && sets.containsKey(Type.NS)) {
      problem(owner, "NS at a wildcard (has no meaning: RFC 4592 section 4.2)");
    }
    if (!owner.equals(apex) && sets.containsKey(Type.SOA)) {
      problem(owner, "SOA below the zone's apex " + apex);
    }
  }

  private void problem(Name owner, String text) {
    problems.add(owner + ": " + text);
  }

  private void report() throws ZoneException {
    if (!problems.isEmpty()) {
      throw new ZoneException(problems);
    }
  }
}
