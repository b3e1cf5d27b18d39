package net.dglb.decision.path;

import java.util.ArrayList;
import java.util.List;
import net.dglb.net.Location;

/** What is publicly known of the Internet's long paths: where the detours are. */
public final class KnownPaths {

  private static final Location[] CITIES = {
    new Location(32.78, -96.80), // Dallas
    new Location(43.65, -79.38), // Toronto
    new Location(38.91, -77.04), // Washington
    new Location(50.11, 8.68), // Frankfurt
    new Location(51.51, -0.13), // London
    new Location(40.42, -3.70), // Madrid
    new Location(34.69, 135.50), // Osaka
    new Location(-33.87, 151.21), // Sydney
    new Location(35.68, 139.69), // Tokyo
    new Location(-23.55, -46.63), // Sao Paulo
  };

  /** Each row to the cities before it. */
  private static final int[][] MILLIS = {
    {},
    {34},
    {31, 19},
    {123, 93, 91},
    {113, 83, 75, 13},
    {122, 106, 88, 29, 27},
    {150, 169, 172, 231, 243, 257},
    {186, 214, 214, 249, 261, 275, 122},
    {143, 162, 166, 233, 244, 256, 9, 115},
    {144, 128, 119, 196, 187, 208, 291, 328, 283},
  };

  /**
   * Average round trips between ten regions, 27 July to 25 August 2024, as published by IBM Cloud
   * (IBM Cloud Docs, "VPC network latency").
   */
  public static final List<MeasuredPath> PUBLISHED = published();

  private KnownPaths() {}

  private static List<MeasuredPath> published() {
    List<MeasuredPath> paths = new ArrayList<>();
    for (int row = 0; row < CITIES.length; row++) {
      for (int column = 0; column < row; column++) {
        paths.add(new MeasuredPath(CITIES[row], CITIES[column], MILLIS[row][column]));
      }
    }
    return List.copyOf(paths);
  }
}
