package net.dglb.authority.ask;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;

/**
 * A name server that is asked without recursion. What it says is published, and signed: it is asked
 * over TCP, so that nobody beside the way can forge an answer.
 */
public interface NameServer {

  /** Asks it; the answer comes on any thread. */
  CompletionStage<Message> ask(Message query);

  /** The server at an address; each answer takes at most ten seconds. */
  static NameServer at(Endpoint server) {
    SimpleResolver resolver =
        new SimpleResolver(new InetSocketAddress(server.address(), server.port()));
    resolver.setTCP(true);
    resolver.setTimeout(Duration.ofSeconds(10));
    return resolver::sendAsync;
  }

  /** A question without the wish for recursion. */
  static Message query(DomainName name, int type) {
    Message query =
        Message.newQuery(Record.newRecord(Name.fromConstantString(name + "."), type, DClass.IN));
    query.getHeader().unsetFlag(Flags.RD);
    return query;
  }
}
