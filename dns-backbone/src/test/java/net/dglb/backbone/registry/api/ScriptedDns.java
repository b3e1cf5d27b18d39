package net.dglb.backbone.registry.api;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import net.dglb.net.AddressLiteral;
import net.dglb.net.DomainName;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A DNS of a few lines: those of a resolver, and those that the parent's name server says. */
final class ScriptedDns implements DnsLookup {

  /** Whether nobody answers. */
  boolean away;

  /** Whether resolvers alone answer. */
  boolean serversAway;

  /** Whether the name servers have no authority for what is asked. */
  boolean referring;

  /** Whether something on the way takes the SOA record from beside empty answers. */
  boolean stripping;

  /** What resolvers answer beside an empty answer. */
  int rcode = Rcode.NOERROR;

  /** The only name server that has what the parent says; empty: every one. */
  String onlyAt = "";

  /** The type of record for which every question fails. */
  int failing = -1;

  /** A CNAME that servers answer beside whatever else stands at its name. */
  private final List<String> besides = new ArrayList<>();

  private final List<String> resolver = new ArrayList<>();
  private final List<String> parent = new ArrayList<>();

  ScriptedDns resolves(String... lines) {
    resolver.addAll(List.of(lines));
    return this;
  }

  /** Has resolvers know nothing any more. */
  void forget() {
    resolver.clear();
  }

  ScriptedDns parentSays(String... lines) {
    parent.clear();
    parent.addAll(List.of(lines));
    return this;
  }

  /** Has a CNAME stand where it must not. */
  void tellsAliasesWithAnyType(String... lines) {
    besides.addAll(List.of(lines));
  }

  /** Follows an alias, and tells the zone in which there is nothing. */
  @Override
  public CompletionStage<Message> resolve(DomainName name, int type) {
    if (type == failing) {
      return CompletableFuture.failedFuture(new IOException("not implemented"));
    }
    DomainName target = target(name, type);
    return answer(resolver, target, type, false)
        .thenApply(answer -> {
          besides.stream()
              .map(ScriptedDns::record)
              .filter(record -> ParentSide.owner(record).equals(name))
              .forEach(record -> answer.addRecord(record, Section.ANSWER));
          answer.getHeader().setRcode(rcode);
          if (answer.getSection(Section.ANSWER).isEmpty() && !stripping) {
            resolver.stream()
                .map(ScriptedDns::record)
                .filter(record -> record.getType() == Type.SOA)
                .filter(record -> target.isAtOrBelow(ParentSide.owner(record)))
                .forEach(record -> answer.addRecord(record, Section.AUTHORITY));
          }
          return answer;
        });
  }

  private DomainName target(DomainName name, int type) {
    return resolver.stream()
        .map(ScriptedDns::record)
        .filter(record -> type != Type.CNAME && record instanceof CNAMERecord)
        .filter(record -> ParentSide.owner(record).equals(name))
        .map(record -> ParentSide.name(((CNAMERecord) record).getTarget()))
        .findFirst()
        .orElse(name);
  }

  @Override
  public CompletionStage<Message> ask(InetAddress server, DomainName name, int type) {
    if (serversAway) {
      return CompletableFuture.failedFuture(new IOException("timed out"));
    }
    boolean has = onlyAt.isEmpty() || server.equals(AddressLiteral.parse(onlyAt));
    return answer(has ? parent : List.of(), name, type, true)
        .thenApply(answer -> {
          if (type == Type.TXT && !referring) {
            answer.getHeader().setFlag(Flags.AA);
          }
          return answer;
        });
  }

  private CompletionStage<Message> answer(
      List<String> lines, DomainName name, int type, boolean ask) {
    if (away) {
      return CompletableFuture.failedFuture(new IOException("timed out"));
    }
    Message answer = new Message();
    for (String line : lines) {
      Record record = record(line);
      boolean asked =
          (record.getType() == type || (ask && record.getType() == Type.CNAME))
              && ParentSide.owner(record).equals(name);
      boolean address = record.getType() == Type.A || record.getType() == Type.AAAA;
      if (asked) {
        answer.addRecord(record, Section.ANSWER);
      } else if (ask && address && type == Type.NS) {
        answer.addRecord(record, Section.ADDITIONAL);
      }
    }
    return CompletableFuture.completedFuture(answer);
  }

  /** {@code name type data}. */
  private static Record record(String line) {
    String[] parts = line.split(" ", 3);
    try {
      return Record.fromString(
          Name.fromString(parts[0]), Type.value(parts[1]), 1, 60, parts[2], Name.root);
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }
}
