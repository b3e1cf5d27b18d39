package net.dglb.backbone.registry.api;

import java.util.List;
import java.util.concurrent.CompletionStage;
import net.dglb.net.DomainName;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** Looks TXT records up in the DNS. */
public final class DnsTxtLookup implements TxtLookup {

  private final DnsLookup dns;

  /** Asks this. */
  public DnsTxtLookup(DnsLookup dns) {
    this.dns = dns;
  }

  @Override
  public CompletionStage<List<String>> texts(DomainName name) {
    return dns.resolve(name, Type.TXT).thenApply(DnsTxtLookup::texts);
  }

  private static List<String> texts(Message answer) {
    return answer.getSection(Section.ANSWER).stream()
        .filter(TXTRecord.class::isInstance)
        .map(record -> String.join("", ((TXTRecord) record).getStrings()))
        .toList();
  }
}
