package net.dglb.backbone.duty;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;

/** Whose duties were sent again and again in vain: one line of the log for each, however many. */
final class SilentHolders {

  private final Map<String, List<LabelKey>> labels = new LinkedHashMap<>();

  void add(String holder, LabelKey label) {
    labels.computeIfAbsent(holder, _ -> new ArrayList<>()).add(label);
  }

  void report(Logger log, Duration waited) {
    labels.forEach((holder, missing) ->
        log.warn(
            "{} has not acknowledged {}{} for {} s; resolvers are referred to others",
            holder,
            missing.getFirst(),
            missing.size() == 1 ? "" : " and " + (missing.size() - 1) + " more",
            waited.toSeconds()));
  }
}
