package net.dglb.trace;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * One question that was asked on the way, and what came of it.
 *
 * @param depth 0 for the way to the name itself, 1 and more where a name server's address had to be
 *     looked up first
 * @param zone the apex of the zone that the server was asked as
 * @param server who was asked
 * @param name the question's name
 * @param type the question's type
 * @param reply the answer, if one came
 * @param verdict what it meant
 */
public record Hop(
    int depth,
    Name zone,
    NameServer server,
    Name name,
    int type,
    Optional<Exchange.Reply> reply,
    Verdict verdict) {

  /** The records of a section of {@link Section}, without EDNS. */
  public List<Record> records(int section) {
    return reply.map(answer -> answer.message().getSection(section)).orElse(List.of()).stream()
        .filter(record -> !(record instanceof OPTRecord))
        .toList();
  }

  /** The identifier by which the server named itself (RFC 5001), where it is text. */
  public Optional<String> nsid() {
    return reply
        .map(answer -> answer.message().getOPT())
        .flatMap(opt -> opt.getOptions(EDNSOption.Code.NSID).stream().findFirst())
        .map(option -> text(option.toWire()))
        .filter(text -> !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 127));
  }

  /** The octets after the option's code and length. */
  private static String text(byte[] option) {
    return new String(Arrays.copyOfRange(option, 4, option.length), StandardCharsets.UTF_8);
  }
}
