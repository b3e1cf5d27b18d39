package net.dglb.lab.plan;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import net.dglb.net.Location;

/** The built-in table of published round-trip times between cities; its file names the source. */
public final class RoundTrips {

  private static final String RESOURCE = "published-round-trips.txt";

  private final List<City> cities = new ArrayList<>();
  private final List<int[]> millis = new ArrayList<>();

  private RoundTrips(List<String> lines) {
    for (String line : lines) {
      String[] cells = line.split("\\|", -1);
      Location location =
          new Location(Double.parseDouble(cells[2].strip()), Double.parseDouble(cells[3].strip()));
      cities.add(new City(cities.size() + 1, cells[0].strip(), cells[1].strip(), location));
      millis.add(
          Arrays.stream(cells[4].strip().split("\\s+")).mapToInt(Integer::parseInt).toArray());
    }
  }

  /** Reads the table. */
  public static RoundTrips published() {
    try (InputStream in = Objects.requireNonNull(RoundTrips.class.getResourceAsStream(RESOURCE));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return new RoundTrips(reader.lines().filter(line -> !line.startsWith("#")).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every city in the table's order. */
  public List<City> cities() {
    return List.copyOf(cities);
  }

  /**
   * The city with an id.
   *
   * @throws IllegalArgumentException if there is none; the message lists the cities
   */
  public City city(String id) {
    return cities.stream()
        .filter(city -> city.id().equals(id))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "city: "
                    + id
                    + " (expected one of "
                    + cities.stream().map(City::id).toList()
                    + ")"));
  }

  /** The average round trip in milliseconds; 1 within a city. */
  public int millis(City from, City to) {
    return millis.get(from.index() - 1)[to.index() - 1];
  }
}
