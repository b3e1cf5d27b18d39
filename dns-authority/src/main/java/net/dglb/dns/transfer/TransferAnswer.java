package net.dglb.dns.transfer;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import net.dglb.dns.wire.MessageLimits;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * The messages that answer one request for a zone, made one after another, so that a large zone
 * never stands in memory twice. Their content is that of one moment.
 */
public final class TransferAnswer implements Iterator<byte[]> {

  /** Names are compressed against the first 16 KB of a message only; larger ones gain little. */
  private static final int MESSAGE_OCTETS = 16_384;

  private static final byte[] NO_OPT = {};

  /** What an answer tells. */
  public enum Kind {
    /** The whole zone. */
    WHOLE,
    /** What has changed. */
    CHANGES,
    /** That nothing has changed, or that there is more over TCP. */
    SERIAL
  }

  private final Kind kind;
  private final Message request;
  private final byte[] opt;
  private final Iterator<Record> records;
  private boolean first = true;
  private List<Record> rest = List.of();

  private TransferAnswer(Kind kind, Message request, byte[] opt, Stream<Record> records) {
    this.kind = kind;
    this.request = request;
    this.opt = opt;
    this.records = records.iterator();
  }

  /**
   * Answers a request over a stream: the whole zone, or what changed since the serial that an IXFR
   * names, if that is known and shorter.
   *
   * @param opt the OPT record of the first message in wire form; empty for none
   */
  public static TransferAnswer of(Message request, byte[] opt, TransferZone zone) {
    ZoneSnapshot all = zone.snapshot();
    Optional<Long> serial = serial(request);
    if (serial.isPresent() && zone.isUpToDate(serial.get())) {
      return brief(request, opt, zone);
    }
    Optional<Stream<Record>> changes = serial.flatMap(zone::since).map(TransferAnswer::told);
    Stream<Record> between = changes.orElseGet(() -> all.others().stream());
    return new TransferAnswer(
        changes.isPresent() ? Kind.CHANGES : Kind.WHOLE,
        request,
        opt,
        Stream.of(Stream.of(all.soa()), between, Stream.of(all.soa())).flatMap(it -> it));
  }

  /** Answers an IXFR over UDP: the SOA record, so that who has an older one comes back over TCP. */
  public static TransferAnswer brief(Message request, byte[] opt, TransferZone zone) {
    return new TransferAnswer(Kind.SERIAL, request, opt, Stream.of(zone.snapshot().soa()));
  }

  private static Stream<Record> told(List<ZoneDifference> differences) {
    return differences.stream()
        .flatMap(each ->
            Stream.of(
                    Stream.of(each.from()),
                    each.removed().stream(),
                    Stream.of(each.to()),
                    each.added().stream())
                .flatMap(it -> it));
  }

  /** What it tells. */
  public Kind kind() {
    return kind;
  }

  /** Whether a request says all that one of its type has to say (RFC 1995 section 3). */
  public static boolean isComplete(Message request) {
    return request.getQuestion().getType() != Type.IXFR || serial(request).isPresent();
  }

  /** The serial that an IXFR comes with (RFC 1995 section 3); empty for AXFR. */
  private static Optional<Long> serial(Message request) {
    if (request.getQuestion().getType() != Type.IXFR) {
      return Optional.empty();
    }
    return request.getSection(Section.AUTHORITY).stream()
        .filter(SOARecord.class::isInstance)
        .map(record -> ((SOARecord) record).getSerial())
        .findFirst();
  }

  @Override
  public boolean hasNext() {
    return first || !rest.isEmpty() || records.hasNext();
  }

  @Override
  public byte[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the zone has been told");
    }
    Message message = Reply.to(request);
    message.getHeader().setFlag(Flags.AA);
    if (first) { // RFC 5936 section 2.2.5
      message.addRecord(request.getQuestion(), Section.QUESTION);
    }
    List<Record> taken = new ArrayList<>(rest);
    int octets = taken.stream().mapToInt(TransferAnswer::octets).sum();
    rest = List.of();
    while (records.hasNext()) {
      Record record = records.next();
      int more = octets(record);
      if (!taken.isEmpty() && octets + more > MESSAGE_OCTETS) {
        rest = List.of(record);
        break;
      }
      taken.add(record);
      octets += more;
    }
    taken.forEach(record -> message.addRecord(record, Section.ANSWER));
    byte[] wire = Reply.toWire(message, first ? opt : NO_OPT, MessageLimits.MESSAGE_MAX);
    first = false;
    return wire;
  }

  private static int octets(Record record) {
    return record.toWire(Section.ANSWER).length;
  }
}
