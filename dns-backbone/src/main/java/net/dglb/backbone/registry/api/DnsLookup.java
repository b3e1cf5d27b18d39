package net.dglb.backbone.registry.api;

import java.net.InetAddress;
import java.util.concurrent.CompletionStage;
import net.dglb.net.DomainName;
import org.xbill.DNS.Message;

/** Asks the DNS as anybody would; nothing is cached, since what was just added must be seen. */
public interface DnsLookup {

  /**
   * Has the configured resolvers find out.
   *
   * @param type of the record, as {@link org.xbill.DNS.Type} numbers it
   * @return completed within seconds, exceptionally if nobody answers
   */
  CompletionStage<Message> resolve(DomainName name, int type);

  /** Asks one authoritative name server itself; otherwise as {@link #resolve}. */
  CompletionStage<Message> ask(InetAddress server, DomainName name, int type);
}
