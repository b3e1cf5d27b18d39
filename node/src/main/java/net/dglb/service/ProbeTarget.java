package net.dglb.service;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Locale;
import net.dglb.net.AddressLiteral;
import net.dglb.net.Endpoint;

/**
 * What is measured: an address with the check that is done there, and over what time the results
 * are averaged. Services that use the same address and an equal check share its probes, and the
 * estimates too if they ask for the same time constant.
 *
 * @param address a site's address
 * @param check how it is probed
 * @param timeConstant of the averages where every probe comes at the check's interval
 */
public record ProbeTarget(InetAddress address, HealthCheck check, Duration timeConstant) {

  /** Checks the range. */
  public ProbeTarget {
    Limits.range(
        "time-constant",
        timeConstant,
        Policy.Latency.MIN_TIME_CONSTANT,
        Policy.Latency.MAX_TIME_CONSTANT);
  }

  /** A target of a service that asks for no time constant of its own. */
  public ProbeTarget(InetAddress address, HealthCheck check) {
    this(address, check, Policy.Latency.DEFAULT.timeConstant());
  }

  /** What is probed for this target and for all that differ in the time constant alone. */
  public ProbeTarget probed() {
    return new ProbeTarget(address, check);
  }

  /**
   * Of what differs between targets: a check is long, and each result is looked up by its target.
   * Thousands of services may stand behind one address, each with its own host.
   */
  @Override
  public int hashCode() {
    int what = 31 * check.host().hashCode() + check.path().hashCode();
    return 31 * (31 * (31 * address.hashCode() + check.port()) + what) + timeConstant.hashCode();
  }

  /**
   * The address and what is asked for there, for people; the time constant too unless it is the
   * usual.
   */
  @Override
  public String toString() {
    String where =
        check.kind() == HealthCheck.Kind.ICMP
            ? AddressLiteral.text(address)
            : new Endpoint(address, check.port()) + check.path();
    String host = check.host().isEmpty() ? "" : " for " + check.host();
    return check.kind().name().toLowerCase(Locale.ROOT)
        + " "
        + where
        + host
        + (equals(probed()) ? "" : " averaged over " + Limits.text(timeConstant));
  }
}
