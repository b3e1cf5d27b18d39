package net.dglb.backbone.refer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.serve.InProcessServer;
import net.dglb.dns.sign.SigningKey;
import net.dglb.dns.wire.Transport;
import net.dglb.net.Prefix;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Asks a backbone whose zones have one key for signed answers, and validates them. */
final class SignedAnswers {

  private static final int EDNS_OCTETS = 1232;
  private static final long KEY_SECONDS = 3600;

  private final Backbone backbone;
  private final SigningKey key;

  SignedAnswers(Backbone backbone, SigningKey key) {
    this.backbone = backbone;
    this.key = key;
  }

  /** Asks over UDP from the resolver beside New York. */
  Message ask(String name, int type) {
    return ask(name, type, 0, Transport.UDP);
  }

  /**
   * Asks from the resolver beside New York.
   *
   * @param flags of the OPT record, beside DO
   */
  Message ask(String name, int type, int flags, Transport transport) {
    return ask(name, type, flags, transport, List.of());
  }

  /** Asks over UDP for a client's subnet, such as 100.64.1.0/24. */
  Message askFor(String name, int type, String subnet) {
    Prefix client = Prefix.parse(subnet);
    EDNSOption option = new ClientSubnetOption(client.length(), client.address());
    return ask(name, type, 0, Transport.UDP, List.of(option));
  }

  /** Asks over UDP from another resolver. */
  Message askFrom(String source, String name, int type) {
    return ask(source, name, type, 0, Transport.UDP, List.of());
  }

  private Message ask(
      String name, int type, int flags, Transport transport, List<EDNSOption> options) {
    return ask(Backbone.NEW_YORK_RESOLVER, name, type, flags, transport, options);
  }

  private Message ask(
      String source,
      String name,
      int type,
      int flags,
      Transport transport,
      List<EDNSOption> options) {
    try {
      Message query = Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
      query.addRecord(
          new OPTRecord(EDNS_OCTETS, 0, 0, ExtendedFlags.DO | flags, options), Section.ADDITIONAL);
      byte[] answer =
          new InProcessServer(Catalog.of(backbone.compile().zones()))
              .ask(query.toWire(), InetAddress.ofLiteral(source), transport);
      return new Message(answer);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static List<String> types(Message message, int section) {
    return message.getSection(section).stream()
        .map(record -> Type.string(record.getType()))
        .toList();
  }

  static NSECRecord nsec(Message message) {
    return (NSECRecord)
        message.getSection(Section.AUTHORITY).stream()
            .filter(NSECRecord.class::isInstance)
            .findFirst()
            .orElseThrow(() -> new AssertionError("no NSEC record in " + message));
  }

  /** Every set of the answer but NS sets of cuts and glue verifies with its zone's key. */
  void assertValid(Message answer) throws DNSSEC.DNSSECException, IOException {
    for (int section : new int[] {Section.ANSWER, Section.AUTHORITY}) {
      for (RRset set : answer.getSectionRRsets(section)) {
        if (set.getType() != Type.NS) {
          assertThat(set.sigs()).as("signatures of %s", set).hasSize(1);
          Name zone = set.sigs().getFirst().getSigner();
          DNSKEYRecord dnskey =
              (DNSKEYRecord)
                  Record.newRecord(zone, Type.DNSKEY, DClass.IN, KEY_SECONDS, key.dnskey());
          DNSSEC.verify(set, set.sigs().getFirst(), dnskey, backbone.timeline.now());
        }
      }
    }
  }
}
