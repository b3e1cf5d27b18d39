package net.dglb.lab.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the user asked of a lab.
 *
 * @param folder where its files go
 * @param loadBalancers 1 to 10
 * @param sites 1 to 10
 * @param inNamespace whether this process is in a network namespace made for the lab
 * @param port of every name server; empty for 53 where it may be used, else 5300
 * @param runFor how long after it is ready; empty for until a signal
 * @param keep whether to go on with the files of the last run
 * @param probeInterval how often each site is measured
 * @param referralTtl TTL of the backbone's referrals
 * @param answerTtl TTL of the load balancers' answers
 * @param dnssec whether zones are signed
 */
public record LabWishes(
    Path folder,
    int loadBalancers,
    int sites,
    boolean inNamespace,
    Optional<Integer> port,
    Optional<Duration> runFor,
    boolean keep,
    Duration probeInterval,
    Duration referralTtl,
    Duration answerTtl,
    boolean dnssec) {}
