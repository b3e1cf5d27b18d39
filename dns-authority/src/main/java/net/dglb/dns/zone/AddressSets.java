package net.dglb.dns.zone;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import net.dglb.decision.Answers;
import net.dglb.decision.HttpsAnswers;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.RecordSet;
import net.dglb.dns.wire.RecordType;
import net.dglb.service.Answering;
import net.dglb.service.HttpsBinding;
import org.jspecify.annotations.Nullable;

/**
 * What a balanced name answers.
 *
 * @param ipv4 to questions for A
 * @param ipv6 to questions for AAAA
 * @param https to questions for HTTPS
 */
public record AddressSets(AnswerSet ipv4, AnswerSet ipv6, AnswerSet https) {

  /**
   * What was decided for a family.
   *
   * @param answers what is answered, and to whom
   * @param ttlSeconds for how long that may be kept
   */
  public record Decided(Answers answers, int ttlSeconds) {}

  /**
   * The same for all.
   *
   * @param addresses in the order in which they are answered, both families mixed; a family without
   *     an address is answered with NODATA
   */
  public static AddressSets of(int ttlSeconds, List<InetAddress> addresses) {
    return new AddressSets(
        sameForAll(RecordType.A, ttlSeconds, addresses, true),
        sameForAll(RecordType.AAAA, ttlSeconds, addresses, false),
        AnswerSet.none());
  }

  private static AnswerSet sameForAll(
      int type, int ttlSeconds, List<InetAddress> addresses, boolean four) {
    List<InetAddress> matching =
        addresses.stream().filter(address -> address instanceof Inet4Address == four).toList();
    return AnswerSet.ofAddresses(
        type, ttlSeconds, List.of(matching), false, Selection.only(), List.of());
  }

  /**
   * Compiles what was decided.
   *
   * @param answering what the service says of its answers
   * @param firstTurn where turns begin
   * @param given counts, by site, the answers that begin with it, where not all get the same
   */
  public static AddressSets compile(
      Decided ipv4,
      Decided ipv6,
      Answering answering,
      int firstTurn,
      Function<String, LongAdder> given) {
    return new AddressSets(
        compile(RecordType.A, ipv4, answering.rotate(), firstTurn, given),
        compile(RecordType.AAAA, ipv6, answering.rotate(), firstTurn, given),
        answering.https().map(it -> https(it, ipv4, ipv6)).orElseGet(AnswerSet::none));
  }

  private static AnswerSet compile(
      int type, Decided decided, boolean rotate, int firstTurn, Function<String, LongAdder> given) {
    Answers answers = decided.answers();
    List<LongAdder> counters =
        answers.isSameForAll()
            ? List.of()
            : answers.choices().stream().map(Answers.Choice::site).map(given).toList();
    return AnswerSet.ofAddresses(
        type,
        decided.ttlSeconds(),
        answers.choices().stream().map(Answers.Choice::addresses).toList(),
        rotate,
        new Selection(answers.perQuery(), answers.map(), answers.rows(), firstTurn),
        counters);
  }

  private static AnswerSet https(HttpsBinding binding, Decided ipv4, Decided ipv6) {
    HttpsAnswers answers = HttpsAnswers.of(ipv4.answers(), ipv6.answers());
    List<List<byte[]>> choices = new ArrayList<>();
    answers.choices().forEach(choice -> choices.add(ServiceBinding.encode(binding, choice)));
    return AnswerSet.ofData(
        RecordType.HTTPS,
        Math.min(ipv4.ttlSeconds(), ipv6.ttlSeconds()),
        choices,
        new Selection(false, answers.map(), answers.rows(), 0));
  }

  /** The set for a query, or null for NODATA; a type that is none of these has none. */
  public @Nullable RecordSet find(Query query, Answer answer) {
    return switch (query.type()) {
      case RecordType.A -> ipv4.choose(query, answer);
      case RecordType.AAAA -> ipv6.choose(query, answer);
      case RecordType.HTTPS -> https.choose(query, answer);
      case RecordType.ANY -> any(query, answer);
      default -> null;
    };
  }

  /** The shortest TTL of any set; of none the given one. */
  public int shortestTtlSeconds(int usual) {
    return Math.min(ipv4.shortestTtlSeconds(usual), ipv6.shortestTtlSeconds(usual));
  }

  /** One set is enough (RFC 8482 section 4.1). */
  private @Nullable RecordSet any(Query query, Answer answer) {
    RecordSet set = ipv4.choose(query, answer);
    return set == null ? ipv6.choose(query, answer) : set;
  }
}
