package net.dglb.trace;

import java.util.List;
import java.util.Locale;
import net.dglb.net.AddressLiteral;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Writes a walk for people: each hop with who was asked, what, the records and what they mean. */
public final class TraceText {

  private final NodeLabels labels;

  /** Names the nodes by what is known of them. */
  public TraceText(NodeLabels labels) {
    this.labels = labels;
  }

  /** The whole walk, with a final line feed. */
  public String of(Trace trace) {
    StringBuilder text = new StringBuilder();
    int number = 1;
    for (Hop hop : trace.hops()) {
      write(text, number++, hop);
    }
    return text.append(trace.answered() ? "" : "no answer: ")
        .append(trace.conclusion())
        .append('\n')
        .toString();
  }

  private void write(StringBuilder text, int number, Hop hop) {
    String indent = "  ".repeat(hop.depth());
    text.append(
        "%s%d. %s  %s %s?"
            .formatted(
                indent, number, server(hop), hop.name().toString(true), Type.string(hop.type())));
    hop.reply()
        .ifPresent(reply ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "  %s, %.1f ms",
                    reply.transport(),
                    reply.time().toNanos() / 1e6)));
    text.append('\n').append(indent).append("   ").append(hop.verdict().words());
    if (hop.depth() > 0) {
      text.append("  (to find a name server's address)");
    }
    text.append('\n');
    section(text, indent, "answer", hop.records(Section.ANSWER));
    section(text, indent, "authority", hop.records(Section.AUTHORITY));
    section(text, indent, "additional", hop.records(Section.ADDITIONAL));
    text.append('\n');
  }

  private String server(Hop hop) {
    String address = AddressLiteral.text(hop.server().address());
    Name name = hop.server().name();
    String named =
        name.equals(Name.root) ? address : "%s (%s)".formatted(name.toString(true), address);
    String role = labels.of(hop.server().address()).or(hop::nsid).map(" = "::concat).orElse("");
    return named + role;
  }

  private static void section(
      StringBuilder text, String indent, String title, List<Record> records) {
    for (Record record : records) {
      text.append(indent)
          .append(
              "     %-10s  %-40s %6d  %-5s %s%n"
                  .formatted(
                      title,
                      record.getName(),
                      record.getTTL(),
                      Type.string(record.getType()),
                      Words.data(record)));
    }
  }
}
