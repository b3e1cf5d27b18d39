package net.dglb.bench.decisions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.dglb.net.Location;

/** Round-trip times between cities. */
final class RoundTripMatrix {

  private final List<Location> cities;
  private final double[][] millis;

  /**
   * Holds a matrix.
   *
   * @param cities where they are
   * @param millis row: from; column: to
   */
  RoundTripMatrix(List<Location> cities, double[][] millis) {
    this.cities = List.copyOf(cities);
    this.millis = millis;
  }

  /**
   * Reads both files.
   *
   * @param cities a heading, then lines of id, city, country, latitude, longitude; further columns
   *     are ignored
   * @param matrix one line per city with one number per city, none left out
   * @throws IllegalArgumentException naming file and line of what is wrong
   */
  static RoundTripMatrix read(Path cities, Path matrix) throws IOException {
    List<Location> locations = new ArrayList<>();
    List<String> lines = Files.readAllLines(cities, StandardCharsets.UTF_8);
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        locations.add(location(lines.get(i), cities + ":" + (i + 1)));
      }
    }
    List<double[]> rows = new ArrayList<>();
    List<String> rowLines = Files.readAllLines(matrix, StandardCharsets.UTF_8);
    for (int i = 0; i < rowLines.size(); i++) {
      if (!rowLines.get(i).isBlank()) {
        rows.add(row(rowLines.get(i), locations.size(), matrix + ":" + (i + 1)));
      }
    }
    if (rows.size() != locations.size()) {
      throw new IllegalArgumentException(
          "%s: %d rows (expected one for each of the %d cities of %s)"
              .formatted(matrix, rows.size(), locations.size(), cities));
    }
    return new RoundTripMatrix(locations, rows.toArray(double[][]::new));
  }

  private static Location location(String line, String where) {
    List<String> cells = cells(line);
    if (cells.size() < 5) {
      throw new IllegalArgumentException(
          where + ": " + cells.size() + " columns (expected id,city,country,latitude,longitude)");
    }
    try {
      return new Location(number(cells.get(3), where), number(cells.get(4), where));
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      throw new IllegalArgumentException(
          message.startsWith(where) ? message : where + ": " + message, e);
    }
  }

  private static double[] row(String line, int columns, String where) {
    List<String> cells = cells(line);
    if (cells.size() != columns) {
      throw new IllegalArgumentException(
          where
              + ": "
              + cells.size()
              + " numbers (expected one for each of "
              + columns
              + " cities)");
    }
    double[] millis = new double[columns];
    for (int to = 0; to < columns; to++) {
      millis[to] = millis(cells.get(to), where, to + 1);
    }
    return millis;
  }

  /** A path that nobody measured cannot be simulated, nor can what is best be told without it. */
  private static double millis(String cell, String where, int column) {
    if (cell.isBlank()) {
      throw new IllegalArgumentException(
          where
              + ": column "
              + column
              + " is empty (expected the milliseconds of every path; leave a city out, row and"
              + " column, to which paths are unknown)");
    }
    return millis(cell, where);
  }

  private static double millis(String cell, String where) {
    double value = number(cell, where);
    if (!(value >= 0 && value <= 60_000)) {
      throw new IllegalArgumentException(where + ": " + cell + " ms (expected 0 to 60000)");
    }
    return value;
  }

  private static double number(String cell, String where) {
    try {
      return Double.parseDouble(cell.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(where + ": \"" + cell + "\" (expected a number)", e);
    }
  }

  /** Splits at commas outside of quotes. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }

  int size() {
    return millis.length;
  }

  Location location(int city) {
    return cities.get(city);
  }

  double millis(int from, int to) {
    return millis[from][to];
  }

  /** The site nearest on the globe, as an index into the sites. */
  int nearest(int city, int[] sites) {
    int best = 0;
    for (int i = 1; i < sites.length; i++) {
      if (kilometres(city, sites[i]) < kilometres(city, sites[best])) {
        best = i;
      }
    }
    return best;
  }

  double kilometres(int one, int other) {
    return cities.get(one).kilometresTo(cities.get(other));
  }
}
