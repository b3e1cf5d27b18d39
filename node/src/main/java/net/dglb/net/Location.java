package net.dglb.net;

/**
 * A point on the globe.
 *
 * @param latitude degrees north, -90 to 90
 * @param longitude degrees east, -180 to 180
 */
public record Location(double latitude, double longitude) {

  private static final double EARTH_RADIUS_KILOMETRES = 6371.0;

  /** Checks the ranges. */
  public Location {
    if (!(latitude >= -90 && latitude <= 90)) {
      throw new IllegalArgumentException("latitude: " + latitude + " (expected -90 to 90)");
    }
    if (!(longitude >= -180 && longitude <= 180)) {
      throw new IllegalArgumentException("longitude: " + longitude + " (expected -180 to 180)");
    }
  }

  /** The great-circle distance by the haversine formula. */
  public double kilometresTo(Location other) {
    double lat = Math.toRadians(other.latitude - latitude) / 2;
    double lon = Math.toRadians(other.longitude - longitude) / 2;
    double a =
        Math.sin(lat) * Math.sin(lat)
            + Math.cos(Math.toRadians(latitude))
                * Math.cos(Math.toRadians(other.latitude))
                * Math.sin(lon)
                * Math.sin(lon);
    return 2 * EARTH_RADIUS_KILOMETRES * Math.asin(Math.min(1, Math.sqrt(a)));
  }
}
