package net.dglb.lab.site;

import java.net.InetAddress;
import java.util.Optional;
import net.dglb.lab.plan.City;
import net.dglb.lab.plan.LabAddresses;
import net.dglb.lab.plan.RoundTrips;

/**
 * How long a site's first byte takes to an asker: by the city that the asker's address stands in.
 * Thread-safe.
 */
final class PathDelay {

  /** A new connection costs a round trip for TCP's handshake and one for the request. */
  private static final int TRIPS_OF_FIRST_REQUEST = 2;

  private final RoundTrips roundTrips;
  private final City here;

  PathDelay(RoundTrips roundTrips, City here) {
    this.roundTrips = roundTrips;
    this.here = here;
  }

  /** The city of an asker, if the address is one of the lab's cities. */
  Optional<City> cityOf(InetAddress asker) {
    return LabAddresses.cityIndex(asker)
        .filter(index -> index <= roundTrips.cities().size())
        .map(index -> roundTrips.cities().get(index - 1));
  }

  /** One round trip from the asker to here and back; 0 for an asker from nowhere. */
  int roundTripMillis(InetAddress asker) {
    return cityOf(asker).map(city -> roundTrips.millis(city, here)).orElse(0);
  }

  /** The delay of a request, the first on its connection or a later one. */
  int requestMillis(InetAddress asker, boolean first) {
    return roundTripMillis(asker) * (first ? TRIPS_OF_FIRST_REQUEST : 1);
  }
}
