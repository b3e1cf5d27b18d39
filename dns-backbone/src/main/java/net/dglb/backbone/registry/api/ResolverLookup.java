package net.dglb.backbone.registry.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Asks over the network. */
public final class ResolverLookup implements DnsLookup {

  private static final Duration TIMEOUT = Duration.ofSeconds(4);
  private static final Duration SERVER_TIMEOUT = Duration.ofSeconds(2);

  private volatile Resolver resolver;
  private final int port;

  /**
   * Asks these resolvers; the system's own if there are none.
   *
   * @param port where authoritative name servers listen: 53 but in tests
   * @throws UnknownHostException if the system names none either
   */
  public ResolverLookup(List<Endpoint> resolvers, int port) throws UnknownHostException {
    this.port = port;
    resolver = resolver(resolvers);
  }

  /**
   * Asks others from now on.
   *
   * @throws UnknownHostException as the constructor does; the same are asked on then
   */
  public void use(List<Endpoint> resolvers) throws UnknownHostException {
    resolver = resolver(resolvers);
  }

  private static Resolver resolver(List<Endpoint> resolvers) throws UnknownHostException {
    Resolver all =
        resolvers.isEmpty()
            ? new ExtendedResolver()
            : new ExtendedResolver(
                resolvers.stream()
                    .map(endpoint -> (Resolver) new SimpleResolver(endpoint.toSocketAddress()))
                    .toList());
    all.setTimeout(TIMEOUT);
    return all;
  }

  @Override
  public CompletionStage<Message> resolve(DomainName name, int type) {
    try {
      return resolver.sendAsync(query(name, type));
    } catch (TextParseException e) {
      return CompletableFuture.failedFuture(new IOException(e));
    }
  }

  @Override
  public CompletionStage<Message> ask(InetAddress server, DomainName name, int type) {
    try {
      SimpleResolver one = new SimpleResolver(new InetSocketAddress(server, port));
      one.setTimeout(SERVER_TIMEOUT);
      // keys are rolled and zones are proved by these: nobody beside the way can forge them
      one.setTCP(type == Type.DS || type == Type.TXT);
      Message query = query(name, type);
      query.getHeader().unsetFlag(Flags.RD);
      return one.sendAsync(query);
    } catch (TextParseException e) {
      return CompletableFuture.failedFuture(new IOException(e));
    }
  }

  private static Message query(DomainName name, int type) throws TextParseException {
    return Message.newQuery(
        Record.newRecord(Name.fromString(name.toString(), Name.root), type, DClass.IN));
  }
}
