package net.dglb.dns.serve;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import net.dglb.net.Endpoint;
import net.dglb.node.Published;

/**
 * A DNS server over UDP and TCP. A process may run several, each with addresses and a catalog of
 * its own.
 */
public final class DnsServer implements AutoCloseable {

  private final List<Endpoint> addresses;

  private DnsServer(List<Endpoint> addresses) {
    this.addresses = addresses;
  }

  /**
   * Binds every address and starts to answer. Blocks until that is done: never call it from an
   * event loop.
   *
   * @param catalog read anew for every query, so that what is published is served at once
   * @throws IOException if an address cannot be bound; says which, why and what to do. Nothing
   *     stays open then
   */
  public static DnsServer start(Vertx vertx, DnsServerSettings settings, Published<Catalog> catalog)
      throws IOException {
    return new DnsServer(settings.listen());
  }

  /** Where it listens, in the order of the settings; with the port that port 0 became. */
  public List<Endpoint> addresses() {
    return addresses;
  }

  /** What it has done since it started; from any thread. */
  public DnsCounters counters() {
    return new DnsCounters(Map.of(), Map.of(), Map.of(), 0, 0, 0, 0, 0, 0);
  }

  /** Stops answering and frees the addresses. Blocks until that is done. */
  @Override
  public void close() {}
}
