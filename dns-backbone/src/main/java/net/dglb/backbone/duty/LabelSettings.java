package net.dglb.backbone.duty;

import java.time.Duration;

/**
 * How labels live.
 *
 * @param backups how many load balancers back up each label besides its own, 0 to 4
 * @param checkInterval between checks of a load balancer's DNS addresses
 * @param checkTimeout for each query of a check
 * @param dutyRetry after which a duty that was not acknowledged is sent again
 */
public record LabelSettings(
    int backups, Duration checkInterval, Duration checkTimeout, Duration dutyRetry) {

  /** Checks the range. */
  public LabelSettings {
    if (backups < 0 || backups > 4) {
      throw new IllegalArgumentException("backups: " + backups + " (expected 0 to 4)");
    }
  }
}
