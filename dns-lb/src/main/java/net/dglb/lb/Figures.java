package net.dglb.lb;

import java.util.Map;
import net.dglb.lb.sign.SigningFigures;
import net.dglb.measure.probe.Outcome;
import net.dglb.measure.schedule.Lateness;

/**
 * What metrics show.
 *
 * @param sessions open sessions to backbone nodes
 * @param ownLabels labels of its own place
 * @param backupLabels labels of other places
 * @param unmeasuredLabels labels whose answer rests on nothing that is measured and up
 * @param targets addresses that are probed
 * @param targetsDown those of them that are down
 * @param keptUp how often a failing target was kept up by the brake
 * @param probes how many ended how
 * @param lateness how late they began
 * @param downloads how many downloads ended how
 * @param downloadedBytes how much they brought
 * @param catalogs how often a changed catalog was published
 * @param idleServices services that nobody has asked for long
 * @param waiting questions that wait for measurements
 * @param signing what is signed of own labels
 */
record Figures(
    int sessions,
    int ownLabels,
    int backupLabels,
    long unmeasuredLabels,
    int targets,
    int targetsDown,
    long keptUp,
    Map<Outcome, Long> probes,
    Lateness lateness,
    Map<Outcome, Long> downloads,
    long downloadedBytes,
    long catalogs,
    int idleServices,
    int waiting,
    SigningFigures signing) {

  static final Figures NONE =
      new Figures(
          0, 0, 0, 0, 0, 0, 0, Map.of(), Lateness.NONE, Map.of(), 0, 0, 0, 0, SigningFigures.NONE);
}
