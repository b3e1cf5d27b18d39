package net.dglb.lb.answer;

import java.time.Instant;
import net.dglb.lb.duty.LabelName;

/**
 * What a label is answered with now, and why.
 *
 * @param label which
 * @param since when DNS began to answer this
 * @param own whether it stands for this load balancer's own place
 * @param rankings what the answer follows from
 * @param contents what its zone holds
 * @param zone the contents in compiled form, as DNS serves them
 */
record LabelAnswer(
    LabelName label,
    Instant since,
    boolean own,
    LabelRankings rankings,
    LabelZone contents,
    ServedLabelZone zone) {}
