package net.dglb.backbone.update;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.dglb.dns.zone.Names;
import net.dglb.net.DomainName;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * What an update message asks of a zone (RFC 2136 section 3): first its prerequisites, then its
 * changes, all of them or none.
 */
final class UpdateRules {

  private final DomainName origin;
  private final ZoneDraft draft;

  private UpdateRules(DomainName origin, ZoneDraft draft) {
    this.origin = origin;
    this.draft = draft;
  }

  /**
   * Changes a draft as a message asks.
   *
   * @throws RefusedUpdateException if a prerequisite is not met or a change may not be; the draft
   *     is of no use then
   */
  static void apply(Message message, DomainName origin, ZoneDraft draft)
      throws RefusedUpdateException {
    UpdateRules rules = new UpdateRules(origin, draft);
    rules.checkPrerequisites(message.getSection(Section.PREREQ));
    List<Record> changes = message.getSection(Section.UPDATE);
    for (Record change : changes) {
      rules.prescan(change);
    }
    for (Record change : changes) {
      rules.change(change);
    }
  }

  /** Sections 3.2.1 to 3.2.5. */
  private void checkPrerequisites(List<Record> prerequisites) throws RefusedUpdateException {
    Map<DomainName, Map<Integer, Set<Record>>> exact = new HashMap<>();
    for (Record wanted : prerequisites) {
      DomainName name = within(wanted);
      if (wanted.getTTL() != 0) {
        throw malformed(wanted, "a prerequisite with a TTL");
      }
      switch (wanted.getDClass()) {
        case DClass.ANY -> mustExist(wanted, name);
        case DClass.NONE -> mustNotExist(wanted, name);
        case DClass.IN ->
            exact
                .computeIfAbsent(name, _ -> new HashMap<>())
                .computeIfAbsent(wanted.getType(), _ -> new HashSet<>())
                .add(wanted);
        default -> throw malformed(wanted, "a prerequisite of another class");
      }
    }
    for (var byName : exact.entrySet()) {
      for (var byType : byName.getValue().entrySet()) {
        Set<Record> present = new HashSet<>(draft.set(byName.getKey(), byType.getKey()));
        if (!present.equals(byType.getValue())) {
          throw new RefusedUpdateException(
              Rcode.NXRRSET,
              byName.getKey() + " " + Type.string(byType.getKey()) + " is " + present);
        }
      }
    }
  }

  private void mustExist(Record wanted, DomainName name) throws RefusedUpdateException {
    requireEmpty(wanted);
    if (wanted.getType() == Type.ANY) {
      if (!draft.isInUse(name)) {
        throw new RefusedUpdateException(Rcode.NXDOMAIN, name + " is not in use");
      }
    } else if (draft.set(name, wanted.getType()).isEmpty()) {
      throw new RefusedUpdateException(
          Rcode.NXRRSET, name + " has no " + Type.string(wanted.getType()));
    }
  }

  private void mustNotExist(Record wanted, DomainName name) throws RefusedUpdateException {
    requireEmpty(wanted);
    if (wanted.getType() == Type.ANY) {
      if (draft.isInUse(name)) {
        throw new RefusedUpdateException(Rcode.YXDOMAIN, name + " is in use");
      }
    } else if (!draft.set(name, wanted.getType()).isEmpty()) {
      throw new RefusedUpdateException(
          Rcode.YXRRSET, name + " has " + Type.string(wanted.getType()));
    }
  }

  /** Section 3.4.1: what makes no sense, before anything is changed. */
  private void prescan(Record change) throws RefusedUpdateException {
    within(change);
    int type = change.getType();
    boolean meta =
        type == Type.ANY || type == Type.AXFR || type == Type.MAILA || type == Type.MAILB;
    switch (change.getDClass()) {
      case DClass.IN -> {
        if (meta || isEmpty(change)) {
          throw malformed(change, "a record to add without data");
        }
      }
      case DClass.ANY -> {
        requireEmpty(change);
        if (change.getTTL() != 0 || (meta && type != Type.ANY)) {
          throw malformed(change, "a set to delete with a TTL or of a query type");
        }
      }
      case DClass.NONE -> {
        if (change.getTTL() != 0 || meta || isEmpty(change)) {
          throw malformed(change, "a record to delete with a TTL or without data");
        }
      }
      default -> throw malformed(change, "a change of another class");
    }
  }

  /** Section 3.4.2. */
  private void change(Record change) throws RefusedUpdateException {
    DomainName name = within(change);
    switch (change.getDClass()) {
      case DClass.IN -> add(name, change);
      case DClass.NONE -> remove(name, change);
      default -> removeSets(name, change.getType());
    }
  }

  private void add(DomainName name, Record record) throws RefusedUpdateException {
    switch (record) {
      case ARecord a when draft.takesAddresses(name) -> draft.add(name, a.getAddress());
      case AAAARecord aaaa when draft.takesAddresses(name) -> draft.add(name, aaaa.getAddress());
      default -> {
        if (record.getType() != Type.TXT || !draft.takesTexts(name)) {
          throw new RefusedUpdateException(
              Rcode.REFUSED,
              name
                  + " "
                  + Type.string(record.getType())
                  + " cannot be added (expected: A and AAAA at a service or at SITE._sites.SERVICE,"
                  + " TXT outside of load balancers' labels)");
        }
        draft.addText(
            name, Math.clamp(record.getTTL(), 0, Integer.MAX_VALUE), TextRecords.data(record));
      }
    }
  }

  /** What is not there is not missed; SOA and NS records of the apex stay (section 3.4.2.4). */
  private void remove(DomainName name, Record record) {
    switch (record) {
      case ARecord a -> draft.remove(name, a.getAddress());
      case AAAARecord aaaa -> draft.remove(name, aaaa.getAddress());
      default -> {
        if (record.getType() == Type.TXT) {
          draft.removeText(name, TextRecords.data(record));
        }
      }
    }
  }

  private void removeSets(DomainName name, int type) {
    for (int each : new int[] {Type.A, Type.AAAA, Type.TXT}) {
      if (type == each || type == Type.ANY) {
        draft.set(name, each).forEach(record -> remove(name, record));
      }
    }
  }

  private DomainName within(Record record) throws RefusedUpdateException {
    try {
      DomainName name = Names.of(record.getName());
      if (name.isAtOrBelow(origin)) {
        return name;
      }
    } catch (IllegalArgumentException e) {
      if (record.getName().subdomain(Names.of(origin))) {
        throw new RefusedUpdateException(
            Rcode.REFUSED, record.getName() + " is no name that can be served");
      }
    }
    throw new RefusedUpdateException(
        Rcode.NOTZONE, record.getName() + " lies outside of the zone " + origin);
  }

  private static boolean isEmpty(Record record) {
    return record.rdataToWireCanonical().length == 0;
  }

  private static void requireEmpty(Record record) throws RefusedUpdateException {
    if (!isEmpty(record)) {
      throw malformed(record, "data where there may be none");
    }
  }

  private static RefusedUpdateException malformed(Record record, String what) {
    return new RefusedUpdateException(Rcode.FORMERR, record.getName() + ": " + what);
  }
}
