package net.dglb.dns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Names of questions as the parser reads them, and tables that are asked for their parts. */
class NameTableTest {

  private static final long SEED = 20261129;

  private final Random random = new Random(SEED);

  /** Labels of whatever octets, often of the same few, so that names share suffixes. */
  private byte[] name() {
    byte[] wire = new byte[255];
    int at = 0;
    int labels = random.nextInt(6);
    for (int i = 0; i < labels; i++) {
      int octets = 1 + random.nextInt(random.nextBoolean() ? 3 : 40);
      int kinds = random.nextBoolean() ? 2 : 256;
      wire[at++] = (byte) octets;
      for (int j = 0; j < octets; j++) {
        wire[at++] = (byte) ('A' + random.nextInt(kinds));
      }
    }
    return Arrays.copyOf(wire, at + 1);
  }

  private static Query question(byte[] name) {
    ByteBuffer message = ByteBuffer.allocate(12 + name.length + 4);
    message.put(5, (byte) 1).put(12, name);
    message.putShort(12 + name.length, (short) 1).putShort(12 + name.length + 2, (short) 1);
    Query query = new Query();
    ParseVerdict verdict = QueryParser.parse(message, message.capacity(), Transport.UDP, query);
    assertThat(verdict).isEqualTo(ParseVerdict.ANSWERABLE);
    return query;
  }

  private static byte[] part(Query query, int label, int end) {
    return Arrays.copyOfRange(query.name(), query.labelOffset(label), end);
  }

  @Test
  void aQuestionsNameIsReadInLowerCaseWhateverItsOctets() {
    for (int i = 0; i < 20_000; i++) {
      byte[] name = name();
      Query query = question(name);
      WireName.toLowerCase(name);
      assertThat(part(query, 0, query.nameLength())).isEqualTo(name);
    }
  }

  @Test
  void everyNameThatWasPutInIsFoundAtEveryQuestionBelowItAndNoOtherIs() {
    Map<WireName, Integer> entries = new HashMap<>();
    for (int i = 0; i < 3_000; i++) {
      entries.put(WireName.of(name()), i);
    }
    NameTable<Integer> table = NameTable.of(entries);
    assertThat(table.size()).isEqualTo(entries.size());
    int found = 0;
    for (int i = 0; i < 20_000; i++) {
      Query query = question(name());
      for (int label = 0; label <= query.labelCount(); label++) {
        Integer value = entries.get(WireName.of(part(query, label, query.nameLength())));
        assertThat(table.find(query, label)).isEqualTo(value);
        found += value == null ? 0 : 1;
      }
    }
    assertThat(found).as("questions below a name of the table").isGreaterThan(20_000);
  }

  @Test
  void labelsAreFoundWhereverTheyStand() {
    NameTable<String> labels =
        NameTable.of(
            Map.of(
                WireName.ofLabel("ber"), "ber",
                WireName.ofLabel("NYC"), "nyc",
                WireName.ofLabel("frankfurt-am-main"), "fra"));
    Query query = question(WireName.of(wire("bEr", "frankfurt-am-main", "be", "nyc")).octets());
    assertThat(labels.findLabel(query, 0)).isEqualTo("ber");
    assertThat(labels.findLabel(query, 1)).isEqualTo("fra");
    assertThat(labels.findLabel(query, 2)).isNull();
    assertThat(labels.findLabel(query, 3)).isEqualTo("nyc");
  }

  private static byte[] wire(String... labels) {
    ByteBuffer wire = ByteBuffer.allocate(255);
    for (String label : labels) {
      wire.put(WireName.ofLabel(label).octets());
    }
    return Arrays.copyOf(wire.array(), wire.position() + 1);
  }

  @Test
  void namesThatDifferInOneOctetAnywhereHaveOtherHashes() {
    byte[] name = wire("a-label-that-is-rather-long", "of-eight", "seven77", "x");
    int hash = question(name).suffixHash(0);
    for (int at = 0; at < name.length; at++) {
      if (name[at] >= 'a') {
        byte[] other = name.clone();
        other[at] = '0';
        assertThat(question(other).suffixHash(0)).as("octet %d", at).isNotEqualTo(hash);
      }
    }
  }

  @Test
  void namesWithTheSameHashAreToldApart() {
    Query one = question(wire("s372984"));
    Query other = question(wire("s1822810"));
    assertThat(one.suffixHash(0)).isEqualTo(other.suffixHash(0));
    NameTable<String> table = NameTable.of(Map.of(WireName.of(wire("s372984")), "one"));
    assertThat(table.find(one, 0)).isEqualTo("one");
    assertThat(table.find(other, 0)).isNull();
  }
}
