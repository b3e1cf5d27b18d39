package net.dglb.dns.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import net.dglb.dns.wire.Transport;
import net.dglb.dns.zone.StaticZone;
import net.dglb.dns.zone.Zone;
import net.dglb.dns.zone.ZoneException;
import net.dglb.net.DomainName;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Master;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Asks zones in memory and reads the answers with dnsjava. */
public final class Asked {

  public static final InetAddress SOURCE = InetAddress.ofLiteral("192.0.2.53");

  private final InProcessServer server;

  public Asked(Zone... zones) {
    this.server = new InProcessServer(Catalog.of(List.of(zones)));
  }

  /** A zone from master file text. */
  public static StaticZone zone(String apex, String text) {
    try {
      return StaticZone.compile(DomainName.of(apex), records(apex, text));
    } catch (ZoneException e) {
      throw new IllegalArgumentException(e);
    }
  }

  public static List<Record> records(String apex, String text) {
    try (Master master =
        new Master(
            new java.io.ByteArrayInputStream(
                text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)),
            Name.fromString(apex, Name.root),
            300)) {
      java.util.ArrayList<Record> records = new java.util.ArrayList<>();
      for (Record next = master.nextRecord(); next != null; next = master.nextRecord()) {
        records.add(next);
      }
      return records;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks over UDP without EDNS, for example {@code ask("www.example.test", "A")}. */
  public Message ask(String name, String type) {
    return ask(query(name, type), Transport.UDP);
  }

  public Message overTcp(String name, String type) {
    return ask(query(name, type), Transport.TCP);
  }

  public Message ask(Message query, Transport transport) {
    byte[] answer = askRaw(query.toWire(), transport);
    try {
      return new Message(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public byte[] askRaw(byte[] query, Transport transport) {
    return server.ask(query, SOURCE, transport);
  }

  public DnsCounters counters() {
    return server.counters();
  }

  public static Message query(String name, String type) {
    try {
      return Message.newQuery(
          Record.newRecord(Name.fromString(name, Name.root), Type.value(type, true), DClass.IN));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A section's records as text with single spaces, without class: {@code a.test. 60 A 192.0.2.1}.
   */
  public static List<String> section(Message message, int section) {
    return message.getSection(section).stream()
        .filter(record -> record.getType() != Type.OPT)
        .map(record ->
            record.getName()
                + " "
                + record.getTTL()
                + " "
                + Type.string(record.getType())
                + " "
                + record.rdataToString())
        .toList();
  }

  public static List<String> answer(Message message) {
    return section(message, Section.ANSWER);
  }

  public static List<String> authority(Message message) {
    return section(message, Section.AUTHORITY);
  }

  public static List<String> additional(Message message) {
    return section(message, Section.ADDITIONAL);
  }
}
