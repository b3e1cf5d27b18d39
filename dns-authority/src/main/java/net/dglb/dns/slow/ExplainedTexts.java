package net.dglb.dns.slow;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import net.dglb.dns.prefix.AddressBits;
import net.dglb.dns.prefix.PrefixTable;
import net.dglb.dns.serve.ExplainSettings;
import net.dglb.dns.serve.SlowPath;
import net.dglb.dns.transfer.Reply;
import net.dglb.dns.wire.ExtendedError;
import net.dglb.dns.wire.Query;
import net.dglb.dns.zone.Names;
import net.dglb.net.DomainName;
import net.dglb.net.Prefix;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * Answers TXT at {@code _explain.NAME} with how NAME would be answered to whoever asks, and why;
 * for the allowed sources only, others get what they would without this. Explanations are made on
 * the control thread, few at a time and so many per second; the DNS threads only hand on.
 *
 * <p>The answer is one TXT record, whose strings are the lines in their order, of bounded size; a
 * datagram that is too small for it is truncated, and TCP gives it whole.
 */
public final class ExplainedTexts implements SlowPath {

  /** Who knows the reasons. */
  public interface Explainer {

    /**
     * Explains; called on the control thread.
     *
     * @return lines for people; none if the name is not answered here
     */
    List<String> explain(DomainName name, InetAddress resolver, Optional<Prefix> subnet);
  }

  private static final Logger LOG = LoggerFactory.getLogger(ExplainedTexts.class);
  private static final byte[] LABEL = "_explain".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER_OCTETS = 12;
  private static final int STRING_OCTETS = 255;
  private static final int TEXT_OCTETS = 8_000;
  private static final String MORE = "... more by dglb explain";
  private static final int AT_ONCE = 8;

  private volatile Allowance allowance;
  private final Optional<SlowPath> others;
  private final Explainer explainer;
  private final Executor control;
  private final LongSupplier nanoTime;
  private final Semaphore room = new Semaphore(AT_ONCE);

  /** Who may ask, and the time between explanations. */
  private record Allowance(PrefixTable allowed, long nanosEach) {

    static Allowance of(ExplainSettings settings) {
      Map<Prefix, Integer> prefixes = new HashMap<>();
      settings.allow().forEach(prefix -> prefixes.put(prefix, 0));
      return new Allowance(
          PrefixTable.empty().with(prefixes), TimeUnit.SECONDS.toNanos(1) / settings.perSecond());
    }
  }

  /** When all that was taken so far is paid for; guarded by this. */
  private long paidAt;

  /**
   * Prepares to explain.
   *
   * @param others takes all other messages that are no ordinary queries
   * @param control the control thread
   * @param nanoTime a clock that only goes forward
   */
  public ExplainedTexts(
      ExplainSettings settings,
      Optional<SlowPath> others,
      Explainer explainer,
      Executor control,
      LongSupplier nanoTime) {
    this.allowance = Allowance.of(settings);
    this.others = others;
    this.explainer = explainer;
    this.control = control;
    this.nanoTime = nanoTime;
    this.paidAt = nanoTime.getAsLong();
  }

  /** Explains by other settings from now on; from any thread. */
  public void use(ExplainSettings settings) {
    allowance = Allowance.of(settings);
  }

  @Override
  public boolean wants(Query query) {
    return (query.isBeyondQueries() && others.isPresent())
        || (query.type() == Type.TXT
            && isExplained(query.name())
            && PrefixTable.value(allowance.allowed().find(query.source())) != PrefixTable.NONE);
  }

  private boolean mayAsk(InetAddress source) {
    AddressBits bits = new AddressBits();
    bits.set(source);
    return PrefixTable.value(allowance.allowed().find(bits)) != PrefixTable.NONE;
  }

  private static boolean isExplained(byte[] name) {
    if (name[0] != LABEL.length) {
      return false;
    }
    for (int i = 0; i < LABEL.length; i++) {
      if ((name[i + 1] | 0x20) != (LABEL[i] | 0x20)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean take(Request request) {
    Optional<Message> asked = mayAsk(request.source()) ? asked(request.octets()) : Optional.empty();
    if (asked.isEmpty()) {
      return others.isPresent() && others.get().take(request);
    }
    if (!room.tryAcquire()) {
      return false;
    }
    if (!takeBudget()) {
      room.release();
      return false;
    }
    control.execute(() -> {
      try {
        request.replies().end(answer(asked.get(), request));
      } finally {
        room.release();
      }
    });
    return true;
  }

  /** The message if it asks for an explanation; updates and signed ones are for others. */
  private static Optional<Message> asked(byte[] octets) {
    byte[] start = new byte[LABEL.length + 1];
    if (octets.length < HEADER_OCTETS + start.length) {
      return Optional.empty();
    }
    ByteBuffer.wrap(octets).get(HEADER_OCTETS, start);
    if (!isExplained(start)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Message(octets))
          .filter(it -> it.getHeader().getOpcode() == Opcode.QUERY && it.getTSIG() == null)
          .filter(it -> it.getQuestion() != null && it.getQuestion().getType() == Type.TXT);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private synchronized boolean takeBudget() {
    long now = nanoTime.getAsLong();
    long next = (paidAt - now < 0 ? now : paidAt) + allowance.nanosEach();
    if (next - now > TimeUnit.SECONDS.toNanos(1)) {
      return false;
    }
    paidAt = next;
    return true;
  }

  private byte[] answer(Message asked, Request request) {
    try {
      List<String> lines = explainer.explain(name(asked), request.source(), subnet(asked));
      if (!lines.isEmpty()) {
        return Reply.toWire(answer(asked, lines), request.opt(), request.mostOctets());
      }
    } catch (IllegalArgumentException e) {
      LOG.debug("{} is not explained: {}", asked.getQuestion(), e.getMessage());
    } catch (RuntimeException e) { // the other explanations must not wait for this one's answer
      LOG.error("{} could not be explained", asked.getQuestion(), e);
      return BareReply.of(
          asked,
          request.opt(),
          Rcode.SERVFAIL,
          new ExtendedErrorCodeOption(ExtendedError.OTHER_ERROR, "this explanation failed here"));
    }
    return request.answer(request.octets());
  }

  /** What stands behind the first label. */
  private static DomainName name(Message asked) {
    return Names.of(new org.xbill.DNS.Name(asked.getQuestion().getName(), 1));
  }

  private static Optional<Prefix> subnet(Message asked) {
    OPTRecord opt = asked.getOPT();
    return opt == null
        ? Optional.empty()
        : opt.getOptions().stream()
            .filter(ClientSubnetOption.class::isInstance)
            .map(ClientSubnetOption.class::cast)
            .map(it -> Prefix.containing(it.getAddress(), it.getSourcePrefixLength()))
            .findFirst();
  }

  private static Message answer(Message asked, List<String> lines) {
    Record question = asked.getQuestion();
    Message answer = Reply.to(asked);
    answer.getHeader().setFlag(Flags.AA);
    answer.addRecord(question, Section.QUESTION);
    answer.addRecord(
        new TXTRecord(question.getName(), DClass.IN, 0, strings(lines)), Section.ANSWER);
    return answer;
  }

  private static List<String> strings(List<String> lines) {
    List<String> strings = new ArrayList<>();
    int octets = 0;
    for (String line : lines) {
      String text = printable(line);
      octets += text.length() + 1;
      if (octets > TEXT_OCTETS) {
        strings.add(MORE);
        return strings;
      }
      strings.add(text);
    }
    return strings;
  }

  private static String printable(String line) {
    String plain = line.replaceAll("[^\\x20-\\x7e]", "?").replace('\\', '/').replace('"', '\'');
    return plain.length() <= STRING_OCTETS ? plain : plain.substring(0, STRING_OCTETS);
  }

  /** For the name of the class in logs. */
  @Override
  public String toString() {
    return new String(LABEL, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
  }
}
