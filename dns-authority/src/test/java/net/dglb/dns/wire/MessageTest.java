package net.dglb.dns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import net.dglb.dns.serve.Asked;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

class MessageTest {

  private final Asked asked =
      new Asked(
          Asked.zone(
              "example.test",
              """
              @ 60 SOA ns admin 1 1 1 1 60
              @ 60 NS  ns
              www 60 A 192.0.2.1
              """));

  private static byte[] wire(String name, String type) {
    return Asked.query(name, type).toWire();
  }

  private int rcode(byte[] query) {
    byte[] answer = asked.askRaw(query, Transport.UDP);
    assertThat(answer).as("an answer").hasSizeGreaterThanOrEqualTo(12);
    return answer[3] & 15;
  }

  @Test
  void saysNothingToAnswersAndScraps() {
    byte[] query = wire("www.example.test", "A");
    query[2] |= (byte) 0x80;
    assertThat(asked.askRaw(query, Transport.UDP)).isEmpty();
    assertThat(asked.askRaw(new byte[11], Transport.UDP)).isEmpty();
    assertThat(asked.askRaw(new byte[0], Transport.UDP)).isEmpty();
    assertThat(asked.counters().dropped()).isEqualTo(3);
  }

  @Test
  void echoesIdQuestionAndItsCaseButOnlyTheRightFlags() {
    byte[] query = wire("wWw.eXample.TEST", "A");
    query[2] |= 0x07; // AA, TC, RD: the first two say nothing in a query
    query[3] |= (byte) 0xf0; // RA, Z, AD, CD
    byte[] answer = asked.askRaw(query, Transport.UDP);
    assertThat(Arrays.copyOf(answer, 2)).isEqualTo(Arrays.copyOf(query, 2));
    assertThat(Arrays.copyOfRange(answer, 12, query.length))
        .isEqualTo(Arrays.copyOfRange(query, 12, query.length));
    assertThat(answer[2] & 0xff).as("QR, AA, RD").isEqualTo(0x85);
    assertThat(answer[3] & 0xff).as("CD").isEqualTo(0x10);
  }

  @Test
  void refusesEveryNumberOfQuestionsButOne() {
    byte[] query = wire("www.example.test", "A");
    for (int count : new int[] {0, 2, 255}) {
      query[5] = (byte) count;
      assertThat(rcode(query)).as("QDCOUNT %d", count).isEqualTo(Rcode.FORMERR);
    }
    assertThat(asked.counters().malformed()).isEqualTo(3);
  }

  @Test
  void answersOtherOpcodesWithNotImp() {
    for (int opcode : new int[] {Opcode.IQUERY, Opcode.STATUS, Opcode.NOTIFY, Opcode.UPDATE, 15}) {
      Message query = Asked.query("www.example.test", "A");
      query.getHeader().setOpcode(opcode);
      Message answer = asked.ask(query, Transport.UDP);
      assertThat(answer.getRcode()).as("opcode %d", opcode).isEqualTo(Rcode.NOTIMP);
      assertThat(answer.getHeader().getOpcode()).isEqualTo(opcode);
    }
  }

  @Test
  void refusesOtherClassesTransfersAndNamesOutOfZone() {
    byte[] chaos = wire("www.example.test", "A");
    chaos[chaos.length - 1] = 3;
    assertThat(rcode(chaos)).isEqualTo(Rcode.REFUSED);
    assertThat(rcode(wire("example.test", "AXFR"))).isEqualTo(Rcode.REFUSED);
    assertThat(rcode(wire("example.org", "A"))).isEqualTo(Rcode.REFUSED);
    assertThat(rcode(wire(".", "NS"))).isEqualTo(Rcode.REFUSED);
    assertThat(rcode(wire("test", "A"))).isEqualTo(Rcode.REFUSED);
    assertThat(asked.ask("example.org", "A").getHeader().getFlag(Flags.AA)).isFalse();
  }

  @Test
  void refusesNamesThatAreMalformed() {
    byte[] pointer = wire("www.example.test", "A");
    pointer[12] = (byte) 0xc0;
    pointer[13] = 12;
    assertThat(rcode(pointer)).as("a pointer to itself").isEqualTo(Rcode.FORMERR);

    byte[] reserved = wire("www.example.test", "A");
    reserved[12] = 0x40;
    assertThat(rcode(reserved)).as("a reserved label type").isEqualTo(Rcode.FORMERR);

    byte[] cut = wire("www.example.test", "A");
    assertThat(rcode(Arrays.copyOf(cut, cut.length - 1))).as("cut").isEqualTo(Rcode.FORMERR);
    assertThat(rcode(Arrays.copyOf(cut, 15))).as("cut in the name").isEqualTo(Rcode.FORMERR);
    assertThat(rcode(Arrays.copyOf(cut, 12))).as("header only").isEqualTo(Rcode.FORMERR);
  }

  @Test
  void takesNamesOf255OctetsAndNotOneMore() {
    assertThat(rcode(longName(255))).isEqualTo(Rcode.REFUSED);
    assertThat(rcode(longName(256))).isEqualTo(Rcode.FORMERR);
    assertThat(rcode(manyLabels(127))).isEqualTo(Rcode.REFUSED);
    assertThat(rcode(manyLabels(128))).isEqualTo(Rcode.FORMERR);
  }

  @Test
  void refusesRecordsInTheAnswerOrAuthoritySectionOfAQuery() {
    byte[] query = wire("www.example.test", "A");
    query[7] = 1;
    assertThat(rcode(query)).isEqualTo(Rcode.FORMERR);
    query[7] = 0;
    query[9] = 1;
    assertThat(rcode(query)).as("and the record is missing").isEqualTo(Rcode.FORMERR);
  }

  @Test
  void readsOverOtherAdditionalRecordsAndOctetsBehindTheLast() {
    Message query = Asked.query("www.example.test", "A");
    query.addRecord(Asked.records("x.test", "a 1 A 192.0.2.9").getFirst(), Section.ADDITIONAL);
    query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
    byte[] wire = query.toWire();
    Message answer = parse(asked.askRaw(Arrays.copyOf(wire, wire.length + 7), Transport.UDP));
    assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(answer.getOPT()).isNotNull();
  }

  @Test
  void refusesPointersThatLeadForwardOrInCircles() {
    for (int target : new int[] {12 + 22, 12 + 24, 0, 200}) {
      byte[] base = wire("www.example.test", "A");
      byte[] query = Arrays.copyOf(base, base.length + 12);
      query[11] = 1;
      query[base.length] = (byte) 0xc0;
      query[base.length + 1] = (byte) target;
      query[base.length + 3] = 1;
      assertThat(rcode(query)).as("pointer to %d", target).isEqualTo(Rcode.FORMERR);
    }
    byte[] base = wire("www.example.test", "A");
    byte[] query = Arrays.copyOf(base, base.length + 12);
    query[11] = 1;
    query[base.length] = (byte) 0xc0;
    query[base.length + 1] = 12;
    query[base.length + 3] = 1;
    assertThat(rcode(query)).as("pointer to the question").isEqualTo(Rcode.NOERROR);
  }

  /** A short message must not make a long way to go: each of its names would go it. */
  @Test
  void followsAsManyPointersAsANameCanHaveLabelsAndNotOneMore() {
    assertThat(rcode(chain(127))).isEqualTo(Rcode.NOERROR);
    assertThat(rcode(chain(128))).isEqualTo(Rcode.FORMERR);
  }

  /** A query with two records: the data of one holds pointers, each to the one before it. */
  private static byte[] chain(int pointers) {
    byte[] base = wire("www.example.test", "A");
    int dataAt = base.length + 11;
    int targets = pointers - 1;
    ByteBuffer query = ByteBuffer.allocate(dataAt + 2 * targets + 12);
    query.put(base).put((byte) 0).putShort((short) 65_280).putShort((short) 1).putInt(0);
    query.putShort((short) (2 * targets));
    for (int i = 0; i < targets; i++) {
      int target = i == 0 ? 12 : dataAt + 2 * (i - 1);
      query.putShort((short) (0xc000 | target));
    }
    query.putShort((short) (0xc000 | query.position() - 2)).putShort((short) 1);
    query.putShort(10, (short) 2);
    return query.array();
  }

  private static Message parse(byte[] wire) {
    try {
      return new Message(wire);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static byte[] question(byte[] name) {
    byte[] query = new byte[12 + name.length + 4];
    query[5] = 1;
    System.arraycopy(name, 0, query, 12, name.length);
    query[query.length - 3] = 1;
    query[query.length - 1] = 1;
    return query;
  }

  private static byte[] longName(int octets) {
    byte[] name = new byte[octets];
    int at = 0;
    while (at < octets - 1) {
      int label = Math.min(63, octets - 2 - at);
      name[at] = (byte) label;
      Arrays.fill(name, at + 1, at + 1 + label, (byte) 'a');
      at += label + 1;
    }
    return question(name);
  }

  private static byte[] manyLabels(int labels) {
    byte[] name = new byte[labels * 2 + 1];
    for (int i = 0; i < labels; i++) {
      name[2 * i] = 1;
      name[2 * i + 1] = 'a';
    }
    return question(name);
  }
}
