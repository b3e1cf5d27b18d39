package net.dglb.mapping.convert;

import com.google.protobuf.ByteString;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import net.dglb.mapping.wire.Address;
import net.dglb.mapping.wire.EndpointAddress;
import net.dglb.net.Endpoint;
import net.dglb.net.Location;
import net.dglb.net.Prefix;

/** Addresses, prefixes, endpoints and locations. */
public final class WireAddresses {

  private WireAddresses() {}

  /** An address as a message. */
  public static Address toWire(InetAddress address) {
    return Address.newBuilder().setOctets(ByteString.copyFrom(address.getAddress())).build();
  }

  /** A prefix as a message. */
  public static net.dglb.mapping.wire.Prefix toWire(Prefix prefix) {
    return net.dglb.mapping.wire.Prefix.newBuilder()
        .setOctets(ByteString.copyFrom(prefix.address().getAddress()))
        .setLength(prefix.length())
        .build();
  }

  /** An endpoint as a message. */
  public static EndpointAddress toWire(Endpoint endpoint) {
    return EndpointAddress.newBuilder()
        .setAddress(toWire(endpoint.address()))
        .setPort(endpoint.port())
        .build();
  }

  /** A location as a message. */
  public static net.dglb.mapping.wire.Location toWire(Location location) {
    return net.dglb.mapping.wire.Location.newBuilder()
        .setLatitude(location.latitude())
        .setLongitude(location.longitude())
        .build();
  }

  /** Several addresses as messages. */
  public static List<Address> toWire(List<InetAddress> addresses) {
    return addresses.stream().map(WireAddresses::toWire).toList();
  }

  /** Reads an address of 4 or 16 octets; IPv4 in IPv6 form is refused: it would have two forms. */
  public static InetAddress fromWire(Address address) throws MalformedMessageException {
    return address(address.getOctets());
  }

  /** Reads a prefix; bits past its length are refused. */
  public static Prefix fromWire(net.dglb.mapping.wire.Prefix prefix)
      throws MalformedMessageException {
    InetAddress address = address(prefix.getOctets());
    return Reading.one("prefix", prefix, p -> new Prefix(address, p.getLength()));
  }

  /** Reads an endpoint with a port from 1 to 65535. */
  public static Endpoint fromWire(EndpointAddress endpoint) throws MalformedMessageException {
    InetAddress address = fromWire(endpoint.getAddress());
    return new Endpoint(address, port(endpoint.getPort()));
  }

  /** Reads a location. */
  public static Location fromWire(net.dglb.mapping.wire.Location location)
      throws MalformedMessageException {
    return Reading.one("location", location, l -> new Location(l.getLatitude(), l.getLongitude()));
  }

  static int port(int port) throws MalformedMessageException {
    if (port < 1 || port > 65535) {
      throw new MalformedMessageException(
          "port: " + Integer.toUnsignedString(port) + " (expected 1 to 65535)");
    }
    return port;
  }

  private static InetAddress address(ByteString octets) throws MalformedMessageException {
    int length = octets.size();
    if (length != 4 && length != 16) {
      throw new MalformedMessageException("address of " + length + " octets (expected 4 or 16)");
    }
    try {
      InetAddress address = InetAddress.getByAddress(octets.toByteArray());
      if (length == 16 && address instanceof Inet4Address) {
        throw new MalformedMessageException(
            "address: IPv4 " + address.getHostAddress() + " in 16 octets (expected its 4 octets)");
      }
      return address;
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 and 16 octets are addresses", e);
    }
  }
}
