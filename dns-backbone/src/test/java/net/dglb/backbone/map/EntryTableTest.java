package net.dglb.backbone.map;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.Test;

class EntryTableTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = START.plus(Duration.ofDays(30));

  private final VirtualTimeline timeline = new VirtualTimeline(START);
  private final InMemorySharedMap shared = new InMemorySharedMap();
  private final Map<String, byte[]> journal = new HashMap<>();
  private final EntryTable table = table(journal);

  @Test
  void theHigherVersionWinsWhateverTheOrderOfArrival() {
    SealedValue older = seal().seal(entry("lb-1", 1, "a"));
    SealedValue newer = seal().seal(entry("lb-1", 2, "b"));

    assertThat(SealedValue.merge(older, newer)).isSameAs(newer);
    assertThat(SealedValue.merge(newer, older)).isSameAs(newer);
  }

  @Test
  void ofEqualVersionsATombstoneWinsAndThenTheLargerBytes() {
    SealedValue alive = seal().seal(entry("lb-1", 1, "zzz"));
    SealedValue dead = seal().seal(tombstone("lb-1", 1));
    SealedValue other = seal().seal(entry("lb-1", 1, "aaa"));

    assertThat(SealedValue.merge(alive, dead)).isSameAs(dead);
    assertThat(SealedValue.merge(dead, alive)).isSameAs(dead);
    assertThat(SealedValue.merge(alive, other)).isSameAs(SealedValue.merge(other, alive));
  }

  @Test
  void generationsCountBeforeCountersAndBothAreUnsigned() {
    assertThat(new EntryVersion(2, 1)).isGreaterThan(new EntryVersion(1, 9));
    assertThat(new EntryVersion(-1, 0)).isGreaterThan(new EntryVersion(1, 0));
  }

  @Test
  void refusesAnOlderVersionAndKeepsTheNewer() {
    assertThat(table.offer(entry("lb-1", 5, "new"))).isTrue();
    assertThat(table.offer(entry("lb-1", 4, "old"))).isFalse();

    assertThat(content("lb-1")).contains("new");
  }

  @Test
  void absenceFromTheSharedMapRemovesNothingAndIsRepaired() {
    table.offer(entry("lb-1", 1, "kept"));
    shared.held.clear();

    table.scan();

    assertThat(content("lb-1")).contains("kept");
    assertThat(shared.held).containsKey("lb-1");
  }

  @Test
  void aDeletionDoesNotComeBackWhenAStaleValueReappears() {
    table.offer(entry("lb-1", 1, "alive"));
    ByteString stale = held("lb-1");
    table.offer(tombstone("lb-1", 2));
    shared.held.put("lb-1", stale);

    table.scan();

    assertThat(table.get("lb-1").map(Entry::deleted)).contains(true);
    assertThat(held("lb-1")).isNotEqualTo(stale);
  }

  @Test
  void anEntrySealedWithAnotherKeyIsIgnoredCountedOnceAndOverwritten() {
    table.offer(entry("lb-1", 1, "ours"));
    EntrySeal strangers =
        new EntrySeal("test", MapKeys.only(new SecretKeySpec(new byte[] {9}, "HmacSHA256")));
    ByteString foreign = strangers.seal(entry("lb-1", 99, "theirs")).bytes();
    shared.held.put("lb-1", foreign);
    shared.held.put("lb-2", strangers.seal(entry("lb-2", 1, "theirs")).bytes());

    table.scan();
    table.scan();

    assertThat(content("lb-1")).contains("ours");
    assertThat(table.get("lb-2")).isEmpty();
    assertThat(held("lb-1")).isNotEqualTo(foreign);
    assertThat(table.foreignEntries()).isEqualTo(2);
  }

  @Test
  void whatWasSealedWithAPreviousKeyIsOpenedAndSealedAnewAndCountsEverywhere() {
    table.offer(entry("lb-1", 1, "kept"));
    assertThat(table.sealedBefore()).isZero();
    EntryTable waiting = table(new MapKeys(key(), List.of(other()), List.of()), journal);
    EntryTable rolled = table(new MapKeys(other(), List.of(), List.of(key())), journal);

    assertThat(rolled.sealedBefore()).isEqualTo(1);
    rolled.reseal();
    assertThat(rolled.sealedBefore()).isZero();

    waiting.scan();
    waiting.reseal();
    rolled.scan();
    assertThat(waiting.checksum()).as("which opens it, and leaves it").isEqualTo(rolled.checksum());
    assertThat(table(new MapKeys(other(), List.of(), List.of()), journal).get("lb-1"))
        .map(Entry::content)
        .contains(ByteString.copyFromUtf8("kept"));
    assertThat(waiting.foreignEntries() + rolled.foreignEntries()).isZero();
  }

  private EntryTable table(MapKeys keys, Map<String, byte[]> from) {
    return new EntryTable("test", new EntrySeal("test", () -> keys), shared, from, timeline);
  }

  private static SecretKeySpec other() {
    return new SecretKeySpec(new byte[] {4, 5, 6}, "HmacSHA256");
  }

  @Test
  void anEntryMovedToAnotherKeyOrMapIsIgnored() {
    shared.held.put("lb-2", seal().seal(entry("lb-1", 1, "moved")).bytes());
    shared.held.put(
        "lb-3",
        new EntrySeal("other", MapKeys.only(key())).seal(entry("lb-3", 1, "moved")).bytes());
    shared.held.put("lb-4", ByteString.copyFromUtf8("not protobuf at all"));

    table.scan();

    assertThat(table.entries()).isEmpty();
    assertThat(table.foreignEntries()).isEqualTo(3);
  }

  @Test
  void aRestartedTableAnswersFromItsJournalWithTheSharedMapAway() {
    table.offer(entry("lb-1", 1, "kept"));
    shared.away = true;

    EntryTable restarted = table(journal);

    assertThat(restarted.get("lb-1").map(e -> e.content().toStringUtf8())).contains("kept");
    assertThat(restarted.checksum()).isEqualTo(table.checksum());
  }

  @Test
  void twoNodesThatWereApartAgreeAfterOneScanEach() {
    InMemorySharedMap elsewhere = new InMemorySharedMap();
    EntryTable other = new EntryTable("test", seal(), elsewhere, new HashMap<>(), timeline);
    table.offer(entry("lb-1", 1, "old"));
    table.offer(entry("lb-2", 1, "only here"));
    other.offer(tombstone("lb-1", 2));
    other.offer(entry("lb-3", 1, "only there"));

    shared.held.putAll(elsewhere.held);
    table.scan();
    elsewhere.held.putAll(shared.held);
    other.scan();

    assertThat(table.checksum()).isEqualTo(other.checksum());
    assertThat(table.entries()).hasSize(3);
  }

  @Test
  void expiredEntriesGoAndDoNotComeBackFromTheSharedMap() {
    List<String> heard = new ArrayList<>();
    table.offer(entry("lb-1", 1, "a"));
    table.onChange(entry -> heard.add(entry.key()));

    timeline.advance(Duration.ofDays(31));
    table.expire();
    table.scan();

    assertThat(table.entries()).isEmpty();
    assertThat(journal).isEmpty();
    assertThat(heard).containsExactly("lb-1");
  }

  private Optional<String> content(String key) {
    return table.get(key).map(entry -> entry.content().toStringUtf8());
  }

  private ByteString held(String key) {
    return shared.held.getOrDefault(key, ByteString.EMPTY);
  }

  private EntryTable table(Map<String, byte[]> from) {
    return new EntryTable("test", seal(), shared, from, timeline);
  }

  private static EntrySeal seal() {
    return new EntrySeal("test", MapKeys.only(key()));
  }

  private static SecretKeySpec key() {
    return new SecretKeySpec(new byte[] {1, 2, 3}, "HmacSHA256");
  }

  private static Entry entry(String key, long counter, String text) {
    return new Entry(
        key, new EntryVersion(1, counter), false, LATER, ByteString.copyFromUtf8(text));
  }

  private static Entry tombstone(String key, long counter) {
    return new Entry(key, new EntryVersion(1, counter), true, LATER, ByteString.EMPTY);
  }
}
