package net.dglb.authority.ask;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * Finds the addresses of a service as a resolver does: asks the backbone, follows its CNAME and its
 * referral to a load balancer. For all threads.
 */
final class ServiceAddresses {

  private static final int MOST_STEPS = 5;
  private static final int DNS_PORT = 53;

  private final Function<Endpoint, NameServer> network;

  /**
   * What was found.
   *
   * @param addresses of both families, sorted; none if the service has none
   * @param ttlSeconds for how long it may be used
   */
  record Found(List<InetAddress> addresses, long ttlSeconds) {}

  ServiceAddresses(Function<Endpoint, NameServer> network) {
    this.network = network;
  }

  /** Looks for the addresses of one family. */
  CompletableFuture<Found> find(DomainName service, int type, List<InetAddress> servers) {
    return step(service, type, servers, Long.MAX_VALUE, MOST_STEPS);
  }

  private CompletableFuture<Found> step(
      DomainName name, int type, List<InetAddress> servers, long ttl, int left) {
    if (servers.isEmpty() || left == 0) {
      return CompletableFuture.failedFuture(
          new IllegalStateException(name + ": no server left to ask"));
    }
    Endpoint server = new Endpoint(servers.getFirst(), DNS_PORT);
    return network
        .apply(server)
        .ask(NameServer.query(name, type))
        .toCompletableFuture()
        .thenCompose(answer -> read(answer, name, type, servers, ttl, left))
        .exceptionallyCompose(
            failure -> step(name, type, servers.subList(1, servers.size()), ttl, left - 1));
  }

  private CompletableFuture<Found> read(
      Message answer,
      DomainName asked,
      int type,
      List<InetAddress> servers,
      long ttlBefore,
      int left) {
    if (answer.getRcode() != Rcode.NOERROR) {
      return CompletableFuture.failedFuture(
          new IllegalStateException(asked + ": " + Rcode.string(answer.getRcode())));
    }
    Name name = Name.fromConstantString(asked + ".");
    long ttl = ttlBefore;
    List<InetAddress> addresses = new ArrayList<>();
    for (Record record : answer.getSection(Section.ANSWER)) {
      if (record.getName().equals(name)) {
        ttl = Math.min(ttl, record.getTTL());
        if (record instanceof CNAMERecord cname) {
          name = cname.getTarget();
        } else {
          address(record, type).ifPresent(addresses::add);
        }
      }
    }
    List<InetAddress> next = referred(answer, name);
    DomainName target = DomainName.of(name.toString());
    if (!addresses.isEmpty() || (next.isEmpty() && target.equals(asked))) {
      return CompletableFuture.completedFuture(new Found(addresses, ttl));
    }
    return step(target, type, next.isEmpty() ? servers : next, ttl, left - 1);
  }

  /** Addresses of the servers that the answer refers to for a name; none if it does not. */
  private static List<InetAddress> referred(Message answer, Name name) {
    List<InetAddress> servers = new ArrayList<>();
    for (Record record : answer.getSection(Section.AUTHORITY)) {
      if (record instanceof NSRecord ns && name.subdomain(ns.getName())) {
        for (Record glue : answer.getSection(Section.ADDITIONAL)) {
          if (glue.getName().equals(ns.getTarget())) {
            address(glue, glue.getType()).ifPresent(servers::add);
          }
        }
      }
    }
    return servers;
  }

  private static Optional<InetAddress> address(Record record, int type) {
    return record.getType() != type
        ? Optional.empty()
        : switch (record) {
          case ARecord a -> Optional.of(a.getAddress());
          case AAAARecord aaaa -> Optional.of(aaaa.getAddress());
          default -> Optional.empty();
        };
  }
}
