package net.dglb.authority.ask;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import net.dglb.net.AddressLiteral;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Type;

/**
 * Addresses for names that cannot be aliases since they are a zone's apex: kept equal to those of
 * their services. What was found last stays while nothing else is known, also over a restart.
 * Belongs to the control thread.
 */
public final class FlattenedNames {

  private static final Logger LOG = LoggerFactory.getLogger(FlattenedNames.class);
  private static final Duration PERIOD = Duration.ofSeconds(5);
  private static final long LEAST_SECONDS = 10;
  private static final long MOST_SECONDS = 300;

  private final Map<String, byte[]> kept;
  private final Timeline timeline;
  private final ServiceAddresses lookup;
  private final Runnable changed;
  private final Map<DomainName, Source> sources = new TreeMap<>();
  private final Map<DomainName, Flattened> found = new TreeMap<>();

  /** By {@link Timeline#nanoTime}. */
  private final Map<DomainName, Long> due = new HashMap<>();

  /**
   * Where a name's addresses come from.
   *
   * @param service the service that it stands for
   * @param servers addresses of the service's name servers
   */
  public record Source(DomainName service, List<InetAddress> servers) {

    /** Copies the list. */
    public Source {
      servers = List.copyOf(servers);
    }
  }

  /**
   * What a name has.
   *
   * @param addresses of both families
   * @param ttlSeconds the TTL of its records
   */
  public record Flattened(List<InetAddress> addresses, int ttlSeconds) {

    /** Copies the list. */
    public Flattened {
      addresses = List.copyOf(addresses);
    }
  }

  /**
   * Looks nothing up yet.
   *
   * @param kept a durable map; committing is the caller's
   * @param changed runs when a name has other addresses
   */
  public FlattenedNames(Map<String, byte[]> kept, Timeline timeline, Runnable changed) {
    this(kept, timeline, NameServer::at, changed);
  }

  FlattenedNames(
      Map<String, byte[]> kept,
      Timeline timeline,
      Function<Endpoint, NameServer> network,
      Runnable changed) {
    this.kept = kept;
    this.timeline = timeline;
    this.lookup = new ServiceAddresses(network);
    this.changed = changed;
  }

  /** Looks from now on, every few seconds for what is due. */
  public void start() {
    timeline.every(Duration.ZERO, PERIOD, this::look);
  }

  /** Keeps these names equal to their services, and no others. */
  public void use(Map<DomainName, Source> names) {
    sources.keySet().retainAll(names.keySet());
    found.keySet().retainAll(names.keySet());
    due.keySet().retainAll(names.keySet());
    sources.putAll(names);
    names.keySet().forEach(name -> recall(name).ifPresent(last -> found.putIfAbsent(name, last)));
  }

  /** What each name has; nothing for one that was never found. */
  public Map<DomainName, Flattened> found() {
    return found;
  }

  private void look() {
    sources.forEach((name, source) -> {
      if (timeline.isPast(due.getOrDefault(name, timeline.nanoTime()))) {
        lookAgainIn(LEAST_SECONDS, name);
        look(name, source);
      }
    });
  }

  private void lookAgainIn(long seconds, DomainName name) {
    due.put(name, timeline.nanoTimeAfter(Duration.ofSeconds(seconds)));
  }

  private void look(DomainName name, Source source) {
    var _ =
        lookup
            .find(source.service(), Type.A, source.servers())
            .thenCombine(
                lookup.find(source.service(), Type.AAAA, source.servers()), FlattenedNames::both)
            .whenCompleteAsync(
                (both, failure) -> {
                  if (failure != null) {
                    LOG.warn(
                        "{}: the addresses of {} cannot be looked up and stay as they are: {}",
                        name,
                        source.service(),
                        failure.getMessage());
                  } else if (source.equals(sources.get(name))) {
                    heard(name, both);
                  }
                },
                timeline);
  }

  private static Flattened both(ServiceAddresses.Found four, ServiceAddresses.Found six) {
    List<InetAddress> addresses = new ArrayList<>(four.addresses());
    addresses.addAll(six.addresses());
    addresses.sort(Comparator.comparing(InetAddress::getAddress, Arrays::compareUnsigned));
    long ttl = Math.min(four.ttlSeconds(), six.ttlSeconds());
    return new Flattened(addresses, (int) Math.clamp(ttl, LEAST_SECONDS, MOST_SECONDS));
  }

  private void heard(DomainName name, Flattened both) {
    lookAgainIn(both.ttlSeconds(), name);
    if (both.addresses().isEmpty()) {
      LOG.warn("{}: its service has no address; it stays as it is", name);
    } else if (!both.equals(found.put(name, both))) {
      kept.put(name.toString(), text(both).getBytes(StandardCharsets.US_ASCII));
      LOG.info("{}: flattened to {}", name, both.addresses());
      changed.run();
    }
  }

  private static String text(Flattened flattened) {
    List<String> words = new ArrayList<>(List.of(Integer.toString(flattened.ttlSeconds())));
    flattened.addresses().forEach(address -> words.add(AddressLiteral.text(address)));
    return String.join(" ", words);
  }

  private Optional<Flattened> recall(DomainName name) {
    byte[] last = kept.get(name.toString());
    if (last == null) {
      return Optional.empty();
    }
    String[] words = new String(last, StandardCharsets.US_ASCII).split(" ", -1);
    return Optional.of(
        new Flattened(
            Arrays.stream(words).skip(1).map(AddressLiteral::parse).toList(),
            Integer.parseInt(words[0])));
  }
}
