package net.dglb.backbone.keys;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import net.dglb.dns.keys.KeyBook;
import net.dglb.mapping.convert.DelegationSigner;
import net.dglb.net.DomainName;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up at the parents of zones whether they have the DS records of the keys that are announced.
 * Belongs to the control thread, and waits for nothing.
 */
public final class ParentWatch {

  private static final Logger LOG = LoggerFactory.getLogger(ParentWatch.class);
  private static final Duration PERIOD = Duration.ofMinutes(1);
  private static final int AT_ONCE = 20;

  private final ZoneKeyring keyring;
  private final Function<DomainName, CompletionStage<Optional<Set<DelegationSigner>>>> lookup;
  private final Timeline control;
  private final Set<DomainName> underWay = new HashSet<>();

  /**
   * Looks nothing up yet.
   *
   * @param lookup what the parent of a zone has; empty if its name servers do not agree
   */
  public ParentWatch(
      ZoneKeyring keyring,
      Function<DomainName, CompletionStage<Optional<Set<DelegationSigner>>>> lookup,
      Timeline control) {
    this.keyring = keyring;
    this.lookup = lookup;
    this.control = control;
  }

  /** Looks every minute from now on. */
  public void start() {
    control.every(PERIOD, PERIOD, this::look);
  }

  private void look() {
    if (!keyring.isTurn()) {
      return;
    }
    for (KeyBook.Entry entry : keyring.waitingForParent()) {
      if (underWay.size() < AT_ONCE && underWay.add(entry.name())) {
        look(entry.name());
      }
    }
  }

  private void look(DomainName zone) {
    var _ =
        lookup
            .apply(zone)
            .whenComplete((signers, failure) ->
                control.execute(() -> {
                  underWay.remove(zone);
                  if (failure != null) {
                    LOG.info("DS records of {}: not found out: {}", zone, failure.getMessage());
                  } else {
                    signers.ifPresent(found -> keyring.parentHas(zone, found));
                  }
                }));
  }
}
