package net.dglb.backbone.registry.api;

import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Asks resolvers, uncached: a record that was just added must be seen. */
public final class DnsTxtLookup implements TxtLookup {

  private static final Duration TIMEOUT = Duration.ofSeconds(4);

  private final Resolver resolver;

  /**
   * Asks these resolvers; the system's own if there are none.
   *
   * @throws UnknownHostException if the system names none either
   */
  public DnsTxtLookup(List<Endpoint> resolvers) throws UnknownHostException {
    resolver =
        resolvers.isEmpty()
            ? new ExtendedResolver()
            : new ExtendedResolver(
                resolvers.stream()
                    .map(endpoint -> (Resolver) new SimpleResolver(endpoint.toSocketAddress()))
                    .toList());
    resolver.setTimeout(TIMEOUT);
  }

  @Override
  public CompletionStage<List<String>> texts(DomainName name) {
    try {
      Record question =
          Record.newRecord(Name.fromString(name.toString(), Name.root), Type.TXT, DClass.IN);
      return resolver.sendAsync(Message.newQuery(question)).thenApply(DnsTxtLookup::texts);
    } catch (TextParseException e) {
      return CompletableFuture.failedFuture(new IOException(e));
    }
  }

  private static List<String> texts(Message answer) {
    return answer.getSection(Section.ANSWER).stream()
        .filter(TXTRecord.class::isInstance)
        .map(record -> String.join("", ((TXTRecord) record).getStrings()))
        .toList();
  }
}
