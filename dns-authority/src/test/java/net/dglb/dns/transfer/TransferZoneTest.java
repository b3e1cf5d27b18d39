package net.dglb.dns.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.dglb.dns.serve.Asked;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class TransferZoneTest {

  private static final Name APEX = Name.fromConstantString("foobar.test.");

  @Test
  void aTransferBeginsAndEndsWithTheSoaRecordAndHoldsEveryRecordOnce() {
    TransferZone zone = TransferZone.of(snapshot(7, "www A 192.0.2.1", "www A 192.0.2.1"));
    assertThat(told(zone, axfr())).containsExactly("SOA 7", "NS", "www A 192.0.2.1 300", "SOA 7");
  }

  @Test
  void recordsOfASetHaveTheLowestOfTheirTtls() {
    TransferZone zone = TransferZone.of(snapshot(7, "www 600 A 192.0.2.1", "www 60 A 192.0.2.2"));
    assertThat(told(zone, axfr())).contains("www A 192.0.2.1 60", "www A 192.0.2.2 60");
  }

  @Test
  void aSignatureHasTheTtlOfWhatItCovers() {
    String rest = " 13 3 %d 20260201000000 20260101000000 1 foobar.test. AAAA";
    TransferZone zone =
        TransferZone.of(
            snapshot(
                7,
                "www 600 A 192.0.2.1",
                "www 600 RRSIG A" + rest.formatted(600),
                "www 60 NSEC @ A RRSIG NSEC",
                "www 60 RRSIG NSEC" + rest.formatted(60)));
    assertThat(told(zone, axfr()))
        .filteredOn(line -> line.startsWith("www RRSIG"))
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).startsWith("www RRSIG A ").endsWith(" 600"),
            line -> assertThat(line).startsWith("www RRSIG NSEC ").endsWith(" 60"));
  }

  @Test
  void tellsWhatChangedStepByStep() {
    TransferZone zone =
        TransferZone.of(snapshot(1, "a A 192.0.2.1", "b A 192.0.2.2"))
            .next(snapshot(2, "a A 192.0.2.1", "c A 192.0.2.3"))
            .next(snapshot(5, "a 60 A 192.0.2.1", "c A 192.0.2.3"));
    assertThat(told(zone, ixfr(1)))
        .containsExactly(
            "SOA 5",
            "SOA 1",
            "b A 192.0.2.2 300",
            "SOA 2",
            "c A 192.0.2.3 300",
            "SOA 2",
            "a A 192.0.2.1 300",
            "SOA 5",
            "a A 192.0.2.1 60",
            "SOA 5");
    assertThat(told(zone, ixfr(2))).startsWith("SOA 5", "SOA 2").hasSize(6);
  }

  @Test
  void tellsWhoIsUpToDateTheSerialAlone() {
    TransferZone zone = TransferZone.of(snapshot(5, "a A 192.0.2.1"));
    assertThat(told(zone, ixfr(5))).containsExactly("SOA 5");
    assertThat(told(zone, ixfr(6))).as("ahead of us").containsExactly("SOA 5");
  }

  @Test
  void tellsTheWholeZoneWhenItDoesNotKnowTheSerialAnyMore() {
    TransferZone zone = TransferZone.of(snapshot(1)).next(snapshot(3, "a A 192.0.2.1"));
    assertThat(told(zone, ixfr(2))).containsExactly("SOA 3", "NS", "a A 192.0.2.1 300", "SOA 3");
  }

  @Test
  void forgetsThePastOnceASerialGoesBack() {
    TransferZone zone = TransferZone.of(snapshot(9)).next(snapshot(3, "a A 192.0.2.1"));
    assertThat(zone.differences()).isEmpty();
  }

  @Test
  void followsASerialOverItsEnd() {
    TransferZone zone = TransferZone.of(snapshot(0xffffffffL)).next(snapshot(1, "a A 192.0.2.1"));
    assertThat(told(zone, ixfr(0xffffffffL))).startsWith("SOA 1", "SOA 4294967295");
  }

  @Test
  void rememberedChangesAreBounded() {
    TransferZone zone = TransferZone.of(snapshot(1));
    for (int serial = 2; serial < 1_000; serial++) {
      zone = zone.next(snapshot(serial, "a A 192.0.2." + serial % 250));
    }
    assertThat(zone.differences()).hasSize(100);
    assertThat(zone.since(899)).isPresent();
    assertThat(zone.since(898)).isEmpty();
    String[] many =
        IntStream.range(0, 2_000).mapToObj(i -> "h" + i + " A 192.0.2.1").toArray(String[]::new);
    zone = zone.next(snapshot(1_000, many)).next(snapshot(1_001, "a A 192.0.2.1"));
    assertThat(zone.differences()).as("more to tell than the zone itself").isEmpty();
  }

  @Test
  void manyMessagesStayBelowABoundAndTellTheSame() {
    String[] many =
        IntStream.range(0, 5_000).mapToObj(i -> "h" + i + " A 192.0.2.1").toArray(String[]::new);
    TransferZone zone = TransferZone.of(snapshot(1, many));
    TransferAnswer answer = TransferAnswer.of(axfr(), new byte[0], zone);
    int messages = 0;
    while (answer.hasNext()) {
      assertThat(answer.next().length).isLessThan(17_000);
      messages++;
    }
    assertThat(messages).isGreaterThan(5);
    assertThat(told(zone, axfr())).hasSize(5_003);
    assertThat(Set.copyOf(told(zone, axfr()))).as("every record once").hasSize(5_002);
  }

  @Test
  void whoAppliesTheChangesHasWhatWhoGetsTheWholeZoneHas() {
    long seed = 1995;
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      Map<Integer, String> content = new HashMap<>();
      TransferZone zone = TransferZone.of(snapshot(1, lines(content)));
      for (int serial = 2; serial < 8; serial++) {
        change(content, random);
        zone = zone.next(snapshot(serial, lines(content)));
      }
      int start = 1 + random.nextInt(6);
      Set<String> copy = contentAt(zone, start);
      apply(copy, told(zone, ixfr(start)));
      assertThat(copy)
          .as("seed %d round %d from serial %d", seed, round, start)
          .containsExactlyInAnyOrderElementsOf(
              told(zone, axfr()).stream().filter(line -> !line.startsWith("SOA")).toList());
    }
  }

  private static void change(Map<Integer, String> content, Random random) {
    for (int i = 0; i < 3; i++) {
      int host = random.nextInt(10);
      if (random.nextBoolean()) {
        content.put(
            host, "h%d %d A 192.0.2.%d".formatted(host, 60 + random.nextInt(2), random.nextInt(4)));
      } else {
        content.remove(host);
      }
    }
  }

  private static String[] lines(Map<Integer, String> content) {
    return content.values().toArray(String[]::new);
  }

  /** Takes the changes away again from the end. */
  private static Set<String> contentAt(TransferZone zone, int serial) {
    Set<String> content = new LinkedHashSet<>();
    zone.snapshot().others().forEach(record -> content.add(text(record)));
    for (ZoneDifference each : zone.differences().reversed()) {
      if (each.from().getSerial() >= serial) {
        each.added().forEach(record -> content.remove(text(record)));
        each.removed().forEach(record -> content.add(text(record)));
      }
    }
    return content;
  }

  private static void apply(Set<String> content, List<String> told) {
    boolean adding = true;
    for (String line : told.subList(1, told.size() - 1)) {
      if (line.startsWith("SOA")) {
        adding = !adding;
      } else if (adding) {
        content.add(line);
      } else {
        content.remove(line);
      }
    }
  }

  private static ZoneSnapshot snapshot(long serial, String... lines) {
    String head = "$TTL 300\n@ SOA ns hostmaster " + serial + " 1 1 1 1\n@ NS ns.other.test.\n";
    return ZoneSnapshot.of(Asked.records("foobar.test", head + String.join("\n", lines)));
  }

  private static Message axfr() {
    return Message.newQuery(Record.newRecord(APEX, Type.AXFR, DClass.IN));
  }

  private static Message ixfr(long serial) {
    Message request = Message.newQuery(Record.newRecord(APEX, Type.IXFR, DClass.IN));
    request.addRecord(
        new SOARecord(APEX, DClass.IN, 0, Name.root, Name.root, serial, 0, 0, 0, 0),
        Section.AUTHORITY);
    return request;
  }

  private static List<String> told(TransferZone zone, Message request) {
    List<String> told = new ArrayList<>();
    TransferAnswer answer = TransferAnswer.of(request, new byte[0], zone);
    while (answer.hasNext()) {
      try {
        new Message(answer.next())
            .getSection(Section.ANSWER)
            .forEach(record -> told.add(text(record)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return told;
  }

  private static String text(Record record) {
    return switch (record) {
      case SOARecord soa -> "SOA " + soa.getSerial();
      default ->
          record.getType() == Type.NS
              ? "NS"
              : record.getName().relativize(APEX)
                  + " "
                  + Type.string(record.getType())
                  + " "
                  + record.rdataToString()
                  + " "
                  + record.getTTL();
    };
  }
}
