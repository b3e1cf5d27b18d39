package net.dglb.backbone.refer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.decision.AlikePlaces;
import net.dglb.net.Location;
import net.dglb.service.Site;

/**
 * How far sites are from the places of labels: the distance between two locations is worked out
 * once, when it is first asked for. Kept for one compilation.
 */
final class Distances {

  private static final double NOT_ASKED = -1;

  private final LabelPlaces places;
  private final Map<Optional<Location>, Row> rows = new HashMap<>();

  Distances(LabelPlaces places) {
    this.places = places;
  }

  /** From where. */
  LabelPlaces places() {
    return places;
  }

  /** The distances to some sites from one place after another. */
  ToSites to(List<Site> sites) {
    return new ToSites(
        sites.stream().map(site -> rows.computeIfAbsent(site.location(), Row::new)).toList());
  }

  /** The distances to one location by ordinal. */
  private final class Row {

    private final Optional<Location> to;
    private final double[] kilometres = new double[places.size()];

    Row(Optional<Location> to) {
      this.to = to;
      Arrays.fill(kilometres, to.isPresent() ? NOT_ASKED : AlikePlaces.NO_DISTANCE);
    }

    double from(int ordinal) {
      double known = kilometres[ordinal];
      if (known == NOT_ASKED) {
        known =
            places
                .get(ordinal)
                .location()
                .flatMap(from -> to.map(from::kilometresTo))
                .orElse(AlikePlaces.NO_DISTANCE);
        kilometres[ordinal] = known;
      }
      return known;
    }
  }

  /** The distances to certain sites. */
  static final class ToSites {

    private final Row[] sites;
    private final double[] kilometres;

    private ToSites(List<Row> sites) {
      this.sites = sites.toArray(Row[]::new);
      this.kilometres = new double[this.sites.length];
    }

    /** From one place, site by site. The array is used again. */
    double[] from(int ordinal) {
      for (int i = 0; i < sites.length; i++) {
        kilometres[i] = sites[i].from(ordinal);
      }
      return kilometres;
    }
  }
}
