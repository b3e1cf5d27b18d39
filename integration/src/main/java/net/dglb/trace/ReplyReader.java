package net.dglb.trace;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.dglb.net.AddressFamily;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Reads what an answer means, believing only what a careful resolver believes: glue from inside the
 * zone that was asked, and referrals that lead down (RFC 1034 section 5.3.3, RFC 9471).
 */
final class ReplyReader {

  private ReplyReader() {}

  /**
   * Reads an answer.
   *
   * @param cut the apex of the zone whose server was asked
   * @param family the family of the glue to keep
   */
  static Verdict read(Message reply, Name name, int type, Name cut, AddressFamily family) {
    int rcode = reply.getRcode();
    if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) {
      return new Verdict.Refusal(rcode);
    }
    List<Record> found = records(reply, Section.ANSWER, name, type);
    if (!found.isEmpty()) {
      return new Verdict.Answer(found);
    }
    List<Record> aliases = records(reply, Section.ANSWER, name, Type.CNAME);
    if (!aliases.isEmpty()) {
      return new Verdict.Alias(((CNAMERecord) aliases.getFirst()).getTarget());
    }
    if (rcode == Rcode.NXDOMAIN) {
      return new Verdict.NoSuchName();
    }
    return referralOrNothing(reply, name, cut, family);
  }

  private static Verdict referralOrNothing(
      Message reply, Name name, Name cut, AddressFamily family) {
    Map<Name, List<InetAddress>> glue = new LinkedHashMap<>();
    Name below = cut;
    for (Record record : reply.getSection(Section.AUTHORITY)) {
      if (record.getType() == Type.SOA) {
        return new Verdict.NoRecords();
      }
      if (record instanceof NSRecord ns && name.subdomain(ns.getName())) {
        below = ns.getName();
        glue.put(ns.getTarget(), glue(reply, ns.getTarget(), cut, family));
      }
    }
    if (glue.isEmpty()) {
      return new Verdict.NoRecords();
    }
    if (below.equals(cut) || !below.subdomain(cut)) {
      return new Verdict.Failure(
          "a referral to " + Words.of(below) + ", which is not below " + Words.of(cut));
    }
    return new Verdict.Referral(below, glue);
  }

  private static List<InetAddress> glue(
      Message reply, Name server, Name cut, AddressFamily family) {
    List<InetAddress> addresses = new ArrayList<>();
    if (server.subdomain(cut)) {
      int type = family == AddressFamily.IPV4 ? Type.A : Type.AAAA;
      for (Record record : records(reply, Section.ADDITIONAL, server, type)) {
        addresses.add(address(record));
      }
    }
    return addresses;
  }

  /** The address in an A or AAAA record. */
  static InetAddress address(Record record) {
    return switch (record) {
      case ARecord a -> a.getAddress();
      case AAAARecord aaaa -> aaaa.getAddress();
      default -> throw new IllegalArgumentException("not an address record: " + record);
    };
  }

  private static List<Record> records(Message reply, int section, Name owner, int type) {
    return reply.getSection(section).stream()
        .filter(record -> record.getType() == type && record.getName().equals(owner))
        .toList();
  }
}
