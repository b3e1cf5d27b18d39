package net.dglb.service;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.config.ConfigSection;
import net.dglb.net.AddressLiteral;
import net.dglb.net.Location;

/** Reads one site of a service and reports what is wrong to its section. */
final class SiteReader {

  private final String id;
  private final ConfigSection section;
  private final List<InetAddress> addresses = new ArrayList<>();
  private final Optional<Location> location;
  private final double cost;
  private final Map<String, Double> costAt;
  private final double capacity;
  private final double weight;

  SiteReader(String id, ConfigSection section) {
    this.id = id;
    this.section = section;
    for (InetAddress address : section.addresses("addresses")) {
      Attempt.at(section, "addresses", () -> Site.checkAddress(address));
      if (addresses.contains(address)) {
        section.problem("addresses", AddressLiteral.text(address) + " stands twice");
      } else {
        addresses.add(address);
      }
    }
    location = location(section);
    cost = section.optionalNumber("cost", 0, Site.MAX_NUMBER).orElse(0.0);
    costAt = section.numbers("cost-at", 0, Site.MAX_NUMBER);
    capacity = section.optionalNumber("capacity", 0, Site.MAX_NUMBER).orElse(0.0);
    weight = section.optionalNumber("weight", 0, Site.MAX_NUMBER).orElse(1.0);
  }

  private static Optional<Location> location(ConfigSection section) {
    Optional<Double> latitude = section.optionalNumber("latitude", -90, 90);
    Optional<Double> longitude = section.optionalNumber("longitude", -180, 180);
    if (section.has("latitude") != section.has("longitude")) {
      section.problem(
          section.has("latitude") ? "latitude" : "longitude",
          "stands alone (expected both latitude and longitude, or none)");
    }
    return latitude.flatMap(north -> longitude.map(east -> new Location(north, east)));
  }

  Optional<Site> build() {
    List<InetAddress> usable = addresses.stream().filter(SiteReader::isUsable).toList();
    return Attempt.value(
        section, "", () -> new Site(id, usable, location, cost, costAt, capacity, weight));
  }

  private static boolean isUsable(InetAddress address) {
    try {
      Site.checkAddress(address);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
