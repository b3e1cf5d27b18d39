package net.dglb.dns.zone;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.RecordSet;
import net.dglb.dns.wire.RecordSetBuilder;
import net.dglb.net.DomainName;
import org.jspecify.annotations.Nullable;

/**
 * The record sets of one type at one name, of which a query gets one. Compiled beforehand; choosing
 * takes no lock and allocates nothing.
 */
public final class AnswerSet {

  /** Data that holds no names needs none to compress them against. */
  private static final DomainName ANY_APEX = DomainName.of("apex.invalid");

  private static final AnswerSet NONE =
      new AnswerSet(Selection.only(), List.of(List.of()), List.of());

  private final Selection selection;
  private final @Nullable RecordSet[][] sets;
  private final LongAdder[] given;
  private final AtomicInteger rotation = new AtomicInteger();

  private AnswerSet(Selection selection, List<List<RecordSet>> sets, List<LongAdder> given) {
    this.selection = selection;
    this.sets = sets.stream().map(it -> it.toArray(RecordSet[]::new)).toArray(RecordSet[][]::new);
    this.given = given.toArray(LongAdder[]::new);
  }

  /** There is no record of this type. */
  public static AnswerSet none() {
    return NONE;
  }

  /**
   * Sets of addresses.
   *
   * @param type A or AAAA
   * @param choices the addresses of each answer in order, all of the type's family; none for NODATA
   * @param rotated whether each answer begins with another of its addresses every time
   * @param given one counter for each choice, or none at all
   */
  public static AnswerSet ofAddresses(
      int type,
      int ttlSeconds,
      List<List<InetAddress>> choices,
      boolean rotated,
      Selection selection,
      List<LongAdder> given) {
    List<List<RecordSet>> sets = new ArrayList<>();
    for (List<InetAddress> choice : choices) {
      List<RecordSet> turns = new ArrayList<>();
      List<InetAddress> addresses = new ArrayList<>(choice);
      for (int i = 0; i < (rotated ? choice.size() : Math.min(1, choice.size())); i++) {
        RecordSetBuilder set = new RecordSetBuilder(type, ttlSeconds, ANY_APEX);
        addresses.forEach(set::address);
        turns.add(set.build());
        Collections.rotate(addresses, -1);
      }
      sets.add(turns);
    }
    return new AnswerSet(selection, sets, given);
  }

  /** The same with each set replaced; one replaced by null is left out. */
  AnswerSet with(Function<RecordSet, @Nullable RecordSet> replacement) {
    List<List<RecordSet>> replaced = new ArrayList<>();
    for (@Nullable RecordSet[] turns : sets) {
      List<RecordSet> kept = new ArrayList<>();
      for (RecordSet set : turns) {
        RecordSet other = set == null ? null : replacement.apply(set);
        if (other != null) {
          kept.add(other);
        }
      }
      replaced.add(kept);
    }
    return new AnswerSet(selection, replaced, List.of(given));
  }

  int shortestTtlSeconds(int usual) {
    return Arrays.stream(sets)
        .flatMap(Arrays::stream)
        .filter(Objects::nonNull)
        .mapToInt(RecordSet::ttlSeconds)
        .min()
        .orElse(usual);
  }

  /** Whether some query gets a set. */
  boolean isSome() {
    return Arrays.stream(sets).anyMatch(turns -> turns.length > 0);
  }

  /** The set that every query gets; null if there is none, or if it has to be chosen. */
  @Nullable RecordSet sameForAll() {
    @Nullable RecordSet[] turns = sets[0];
    return selection.isOnly() && given.length == 0 && turns.length == 1 ? turns[0] : null;
  }

  /**
   * Sets of whatever data without names in it.
   *
   * @param choices the data of the records of each answer; none for NODATA
   */
  static AnswerSet ofData(
      int type, int ttlSeconds, List<List<byte[]>> choices, Selection selection) {
    List<List<RecordSet>> sets = new ArrayList<>();
    for (List<byte[]> choice : choices) {
      RecordSetBuilder set = new RecordSetBuilder(type, ttlSeconds, ANY_APEX);
      choice.forEach(set::data);
      sets.add(choice.isEmpty() ? List.of() : List.of(set.build()));
    }
    return new AnswerSet(selection, sets, List.of());
  }

  /** The set for a query, or null for NODATA; sets the scope of its client subnet option. */
  public @Nullable RecordSet choose(Query query, Answer answer) {
    int choice = selection.choose(query, answer);
    if (choice < given.length) {
      given[choice].increment();
    }
    @Nullable RecordSet[] turns = sets[choice];
    return switch (turns.length) {
      case 0 -> null;
      case 1 -> turns[0];
      default -> turns[Integer.remainderUnsigned(rotation.getAndIncrement(), turns.length)];
    };
  }
}
