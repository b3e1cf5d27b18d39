package net.dglb.trace;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.dglb.net.AddressFamily;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * One walk from the root to an answer. Referrals that were learned on the way are kept, so that an
 * alias or a name server's name is followed from the deepest zone known, as a resolver does. Used
 * by one thread, once.
 */
public final class Walk {

  private static final int MAX_HOPS = 100;
  private static final int MAX_ALIASES = 16;
  private static final int MAX_DEPTH = 6;

  private final TraceRequest request;
  private final Exchange exchange;
  private final Questions questions;
  private final List<Hop> hops = new ArrayList<>();
  private final Map<Name, Map<Name, List<InetAddress>>> zones = new HashMap<>();
  private final Set<Name> beingLookedUp = new HashSet<>();

  private Walk(TraceRequest request, Exchange exchange) {
    this.request = request;
    this.exchange = exchange;
    this.questions = new Questions(request.subnet());
    zones.put(Name.root, Map.of(Name.root, request.roots()));
  }

  /** Walks, blocking the calling thread until the walk ends. */
  public static Trace of(TraceRequest request, Exchange exchange) {
    Walk walk = new Walk(request, exchange);
    Verdict end = walk.resolve(request.name(), request.type(), 0);
    List<Record> answer = end instanceof Verdict.Answer found ? found.records() : List.of();
    return new Trace(walk.hops, answer, end.words());
  }

  private Verdict resolve(Name name, int type, int depth) {
    Set<Name> aliases = new HashSet<>();
    Name current = name;
    while (true) {
      Verdict verdict = descend(current, type, depth);
      if (!(verdict instanceof Verdict.Alias(Name target))) {
        return verdict;
      }
      if (!aliases.add(current) || aliases.contains(target)) {
        return new Verdict.Failure("the aliases go in a circle at " + Words.of(target));
      }
      if (aliases.size() >= MAX_ALIASES) {
        return new Verdict.Failure("more than " + MAX_ALIASES + " aliases one after another");
      }
      current = target;
    }
  }

  /** Follows referrals from the deepest zone known to the zone that answers for the name. */
  private Verdict descend(Name name, int type, int depth) {
    Name zone = deepestKnown(name);
    while (true) {
      Verdict verdict = askZone(zone, name, type, depth);
      if (!(verdict instanceof Verdict.Referral(Name cut, Map<Name, List<InetAddress>> glue))) {
        return verdict;
      }
      zones.put(cut, new LinkedHashMap<>(glue));
      zone = cut;
    }
  }

  private Name deepestKnown(Name name) {
    Name candidate = name;
    while (!zones.containsKey(candidate)) {
      candidate = new Name(candidate, 1);
    }
    return candidate;
  }

  /** Asks the zone's servers one after another until one helps. */
  private Verdict askZone(Name zone, Name name, int type, int depth) {
    Verdict last = new Verdict.Failure(noAddress(zone));
    for (Name server : List.copyOf(zones.getOrDefault(zone, Map.of()).keySet())) {
      for (InetAddress address : addresses(zone, server, depth)) {
        if (hops.size() >= MAX_HOPS) {
          return new Verdict.Failure("given up after " + MAX_HOPS + " questions");
        }
        last = ask(zone, new NameServer(server, address), name, type, depth);
        if (!(last instanceof Verdict.Failure) && !(last instanceof Verdict.Refusal)) {
          return last;
        }
      }
    }
    return last;
  }

  private String noAddress(Name zone) {
    return "no %s address is known of a server of %s, and this asks over %s"
        .formatted(request.family().word(), Words.of(zone), request.family().word());
  }

  /** The server's addresses: from the referral, or looked up where it had none. */
  private List<InetAddress> addresses(Name zone, Name server, int depth) {
    Map<Name, List<InetAddress>> servers = zones.getOrDefault(zone, Map.of());
    List<InetAddress> known = servers.getOrDefault(server, List.of());
    if (!known.isEmpty() || depth >= MAX_DEPTH || !beingLookedUp.add(server)) {
      return known;
    }
    int type = request.family() == AddressFamily.IPV4 ? Type.A : Type.AAAA;
    Verdict verdict = resolve(server, type, depth + 1);
    beingLookedUp.remove(server);
    if (!(verdict instanceof Verdict.Answer(List<Record> records))) {
      return List.of();
    }
    List<InetAddress> found = records.stream().map(ReplyReader::address).toList();
    servers.put(server, found);
    return found;
  }

  private Verdict ask(Name zone, NameServer server, Name name, int type, int depth) {
    Optional<Exchange.Reply> reply = Optional.empty();
    Verdict verdict;
    try {
      InetSocketAddress address = new InetSocketAddress(server.address(), request.port());
      Exchange.Reply answer = exchange.ask(address, questions.of(name, type));
      reply = Optional.of(answer);
      verdict = ReplyReader.read(answer.message(), name, type, zone, request.family());
    } catch (IOException e) {
      verdict = new Verdict.Failure("no use: " + e.getMessage());
    }
    hops.add(new Hop(depth, zone, server, name, type, reply, verdict));
    return verdict;
  }
}
