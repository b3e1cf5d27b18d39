package net.dglb.backbone.explain;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.dglb.decision.AnswerSlot;
import net.dglb.decision.Answers;
import net.dglb.dns.wire.ParseVerdict;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.QueryParser;
import net.dglb.dns.wire.Transport;
import net.dglb.dns.zone.WhoAsks;
import net.dglb.net.DomainName;
import net.dglb.net.Prefix;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * What is to be explained.
 *
 * @param name what the client asks for
 * @param resolver whose address the question comes from
 * @param subnet of the client, if the resolver sends it along (RFC 7871)
 * @param down ids of load balancers that are to count as lost
 * @param without ids of sites that are to count as taken out
 * @param at a moment of the past; empty for now
 */
record Question(
    DomainName name,
    InetAddress resolver,
    Optional<Prefix> subnet,
    Set<String> down,
    Set<String> without,
    Optional<Instant> at) {

  private static final int EDNS_OCTETS = 1232;

  /** Where whoever asks falls among answers. */
  AnswerSlot slot(Answers answers) {
    return new WhoAsks(Optional.of(resolver), subnet).slot(answers);
  }

  /** The query for a name that the resolver would send, parsed as a DNS thread does. */
  Query query(DomainName name) {
    byte[] wire = message(name).toWire();
    Query query = new Query();
    query.source().set(resolver);
    ParseVerdict verdict =
        QueryParser.parse(ByteBuffer.wrap(wire), wire.length, Transport.UDP, query);
    if (verdict != ParseVerdict.ANSWERABLE) {
      throw new IllegalArgumentException(
          "name: " + name + " (a query for it would be answered with " + verdict + ")");
    }
    return query;
  }

  private Message message(DomainName name) {
    try {
      Message query =
          Message.newQuery(
              Record.newRecord(Name.fromString(name + ".", Name.root), Type.A, DClass.IN));
      List<EDNSOption> options =
          subnet
              .<List<EDNSOption>>map(
                  it -> List.of(new ClientSubnetOption(it.length(), it.address())))
              .orElse(List.of());
      query.addRecord(new OPTRecord(EDNS_OCTETS, 0, 0, 0, options), Section.ADDITIONAL);
      return query;
    } catch (IOException e) {
      throw new IllegalArgumentException("name: " + name + " (" + e.getMessage() + ")", e);
    }
  }
}
