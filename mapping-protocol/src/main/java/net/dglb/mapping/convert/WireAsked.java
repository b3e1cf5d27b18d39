package net.dglb.mapping.convert;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.dglb.mapping.wire.Asked;
import net.dglb.net.DomainName;

/** Services that resolvers ask a backbone node for, and that it answers itself. */
public final class WireAsked {

  /** The most services of one message. */
  public static final int SERVICES = 1024;

  private WireAsked() {}

  /** The messages that name these services; none if there are none. */
  public static List<Asked> toWire(Collection<DomainName> services) {
    List<String> names = new TreeSet<>(services).stream().map(DomainName::toString).toList();
    List<Asked> messages = new ArrayList<>();
    for (int from = 0; from < names.size(); from += SERVICES) {
      List<String> page = names.subList(from, Math.min(from + SERVICES, names.size()));
      messages.add(Asked.newBuilder().addAllServices(page).build());
    }
    return messages;
  }

  /**
   * Reads a message.
   *
   * @throws MalformedMessageException if it names too many services, or something that is no name
   */
  public static Set<DomainName> fromWire(Asked message) throws MalformedMessageException {
    return new TreeSet<>(
        Reading.all("services", message.getServicesList(), SERVICES, DomainName::of));
  }
}
