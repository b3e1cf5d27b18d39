package net.dglb.backbone.refer;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.sign.TypeBitmap;
import net.dglb.dns.wire.RecordSet;
import net.dglb.dns.wire.RecordSetBuilder;
import net.dglb.dns.wire.RecordType;
import net.dglb.net.AddressFamily;
import net.dglb.net.DomainName;
import org.jspecify.annotations.Nullable;

/**
 * What answers need of one load balancer, whatever the service or the zone: compiled against an
 * open suffix. Immutable.
 */
final class LoadBalancerPart {

  /** Stands for any zone's apex or any service's name; never written to a message. */
  static final DomainName SUFFIX = DomainName.of("suffix.invalid");

  /** Its index in every table. */
  final int ordinal;

  /** CNAME to {@code <id>.<suffix>}; the suffix is the service's name. The TTL is the caller's. */
  final RecordSet cname;

  /** The label {@code <id>} in wire form without a final zero. */
  final byte[] label;

  /** The records of {@code <id>.ns.<suffix>}; null where there is none. */
  final @Nullable RecordSet ipv4;

  final @Nullable RecordSet ipv6;

  /** The types at that name. */
  final TypeBitmap nameServerTypes;

  private final String id;
  private final List<InetAddress> addresses;

  LoadBalancerPart(int ordinal, String id, List<InetAddress> addresses, int ttlSeconds) {
    this.ordinal = ordinal;
    this.id = id;
    this.addresses = List.copyOf(addresses);
    this.ipv4 = addresses(AddressFamily.IPV4, addresses, ttlSeconds);
    this.ipv6 = addresses(AddressFamily.IPV6, addresses, ttlSeconds);
    this.nameServerTypes = types(ipv4, ipv6);
    this.cname = new RecordSetBuilder(RecordType.CNAME, 0, SUFFIX).name(SUFFIX.child(id)).build();
    this.label = wireLabel(id);
  }

  private static TypeBitmap types(@Nullable RecordSet... sets) {
    return TypeBitmap.of(
        Arrays.stream(sets).flatMap(Stream::ofNullable).mapToInt(RecordSet::type).toArray());
  }

  /** Whether a part of this load balancer would be the same. */
  boolean isOf(LoadBalancer loadBalancer) {
    return ordinal == loadBalancer.ordinal()
        && id.equals(loadBalancer.id())
        && addresses.equals(loadBalancer.addresses());
  }

  /** The label itself. */
  String id() {
    return id;
  }

  /** The name of this load balancer as a name server: {@code <id>.ns.<suffix>}. */
  DomainName nameServer() {
    return SUFFIX.child("ns").child(id);
  }

  /** Its addresses of one family with another TTL; null if it has none. */
  @Nullable RecordSet glue(AddressFamily family, int ttlSeconds) {
    return addresses(family, addresses, ttlSeconds);
  }

  /** The addresses of one family in the given order; null if there is none. */
  static @Nullable RecordSet addresses(
      AddressFamily family, List<InetAddress> addresses, int ttlSeconds) {
    int type = family == AddressFamily.IPV4 ? RecordType.A : RecordType.AAAA;
    List<InetAddress> matching =
        addresses.stream().filter(address -> AddressFamily.of(address) == family).toList();
    if (matching.isEmpty()) {
      return null;
    }
    RecordSetBuilder builder = new RecordSetBuilder(type, ttlSeconds, SUFFIX);
    matching.forEach(builder::address);
    return builder.build();
  }

  private static byte[] wireLabel(String id) {
    byte[] text = id.getBytes(StandardCharsets.US_ASCII);
    byte[] wire = new byte[text.length + 1];
    wire[0] = (byte) text.length;
    System.arraycopy(text, 0, wire, 1, text.length);
    return wire;
  }
}
