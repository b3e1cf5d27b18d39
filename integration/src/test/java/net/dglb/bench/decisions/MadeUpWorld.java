package net.dglb.bench.decisions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import net.dglb.net.Location;

/**
 * Cities on two continents. Paths take light's time and half as much again; those from the north to
 * the south of the second continent go round by the first.
 */
final class MadeUpWorld {

  static final RoundTripMatrix MATRIX = matrix(30);

  private MadeUpWorld() {}

  private static RoundTripMatrix matrix(int cities) {
    SplittableRandom random = new SplittableRandom(7);
    List<Location> locations = new ArrayList<>();
    for (int i = 0; i < cities; i++) {
      double west = i % 2 == 0 ? 0 : 80;
      locations.add(new Location(random.nextDouble(-30, 50), west + random.nextDouble(40)));
    }
    double[][] millis = new double[cities][cities];
    for (int i = 0; i < cities; i++) {
      for (int j = 0; j < cities; j++) {
        millis[i][j] = i == j ? 0 : millis(locations.get(i), locations.get(j));
      }
    }
    return new RoundTripMatrix(locations, millis);
  }

  private static double millis(Location one, Location other) {
    boolean detour =
        one.longitude() >= 80
            && other.longitude() >= 80
            && one.latitude() > 10 != other.latitude() > 10;
    return 2 + 0.015 * one.kilometresTo(other) + (detour ? 120 : 0);
  }

  /** Writes both files as the command reads them. */
  static void write(Path cities, Path matrix) throws IOException {
    StringBuilder places = new StringBuilder("id,city,country,latitude,longitude\n");
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < MATRIX.size(); i++) {
      Location place = MATRIX.location(i);
      places.append(
          String.format(
              Locale.ROOT,
              "%d,\"City, %d\",Nowhere,%f,%f%n",
              i,
              i,
              place.latitude(),
              place.longitude()));
      for (int j = 0; j < MATRIX.size(); j++) {
        rows.append(j == 0 ? "" : ",").append(MATRIX.millis(i, j));
      }
      rows.append('\n');
    }
    Files.writeString(cities, places);
    Files.writeString(matrix, rows);
  }
}
