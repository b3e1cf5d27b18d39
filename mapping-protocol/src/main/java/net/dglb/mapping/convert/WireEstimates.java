package net.dglb.mapping.convert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import net.dglb.decision.Estimate;
import net.dglb.decision.Health;
import net.dglb.decision.SiteState;
import net.dglb.mapping.wire.Estimates;
import net.dglb.mapping.wire.TargetEstimate;
import net.dglb.service.Policy;
import net.dglb.service.ProbeTarget;

/** Estimates and health of targets. */
public final class WireEstimates {

  /** The most targets of one message. */
  public static final int TARGETS = 1024;

  /** Clocks that differ by less are not told from a message that took long. */
  private static final Duration SAME_CLOCK = Duration.ofSeconds(30);

  private WireEstimates() {}

  /** The same for a peer, whose clock may be another. */
  public static List<Estimates> toWire(PlaceEstimates estimates, Instant now) {
    return toWire(estimates).stream()
        .map(message -> message.toBuilder().setSentEpochMillis(now.toEpochMilli()).build())
        .toList();
  }

  /** The messages that carry these states; none if there are none. */
  public static List<Estimates> toWire(PlaceEstimates estimates) {
    List<Estimates> messages = new ArrayList<>();
    Estimates.Builder message = Estimates.newBuilder().setPlace(estimates.place());
    for (Map.Entry<ProbeTarget, SiteState> entry : estimates.states().entrySet()) {
      message.addTargets(toWire(entry.getKey(), entry.getValue()));
      if (message.getTargetsCount() == TARGETS) {
        messages.add(message.build());
        message = Estimates.newBuilder().setPlace(estimates.place());
      }
    }
    if (message.getTargetsCount() > 0) {
      messages.add(message.build());
    }
    return messages;
  }

  private static TargetEstimate toWire(ProbeTarget target, SiteState state) {
    TargetEstimate.Builder message =
        TargetEstimate.newBuilder()
            .setAddress(WireAddresses.toWire(target.address()))
            .setCheck(WireChecks.toWire(target.check()))
            .setTimeConstantMillis((int) target.timeConstant().toMillis())
            .setHealth(
                switch (state.health()) {
                  case UP -> net.dglb.mapping.wire.Health.HEALTH_UP;
                  case DOWN -> net.dglb.mapping.wire.Health.HEALTH_DOWN;
                  case UNKNOWN -> net.dglb.mapping.wire.Health.HEALTH_UNKNOWN;
                })
            .setSaved(state.saved())
            .setChanging(state.changing());
    state.estimate().ifPresent(estimate -> estimate.load().ifPresent(message::setLoad));
    state
        .estimate()
        .ifPresent(estimate -> estimate.bytesPerSecond().ifPresent(message::setBytesPerSecond));
    state
        .estimate()
        .ifPresent(estimate ->
            message
                .setMeasured(true)
                .setLatencyMillis(estimate.latencyMillis())
                .setLoss(estimate.loss())
                .setJitterMillis(estimate.jitterMillis())
                .setSamples(estimate.samples())
                .setIntervalMillis(estimate.interval().toMillis())
                .setUpdatedEpochMillis(estimate.updated().toEpochMilli()));
    return message.build();
  }

  /** Reads one message; its targets add to and replace those known of the place. */
  public static PlaceEstimates fromWire(Estimates message) throws MalformedMessageException {
    return Reading.one("estimates of \"" + message.getPlace() + "\"", message, WireEstimates::read);
  }

  /**
   * The same from a peer: times are brought to this node's clock if the one that they are by is
   * wrong, or this one is.
   */
  public static PlaceEstimates fromWire(Estimates message, Instant now)
      throws MalformedMessageException {
    PlaceEstimates read = fromWire(message);
    if (message.getSentEpochMillis() == 0) {
      return read;
    }
    Duration behind = Duration.ofMillis(now.toEpochMilli() - sentMillis(message));
    return behind.abs().compareTo(SAME_CLOCK) < 0 ? read : read.later(behind);
  }

  private static long sentMillis(Estimates message) throws MalformedMessageException {
    long millis = message.getSentEpochMillis();
    if (millis < 0 || millis > Announcement.LATEST.toEpochMilli()) {
      throw new MalformedMessageException(
          "sent_epoch_millis: "
              + millis
              + " (expected 0 to "
              + Announcement.LATEST.toEpochMilli()
              + ")");
    }
    return millis;
  }

  private static PlaceEstimates read(Estimates message) throws MalformedMessageException {
    Map<ProbeTarget, SiteState> states = new HashMap<>();
    for (Map.Entry<ProbeTarget, SiteState> entry :
        Reading.all("targets", message.getTargetsList(), TARGETS, WireEstimates::entry)) {
      states.put(entry.getKey(), entry.getValue());
    }
    return new PlaceEstimates(message.getPlace(), states);
  }

  private static Map.Entry<ProbeTarget, SiteState> entry(TargetEstimate message)
      throws MalformedMessageException {
    ProbeTarget target =
        new ProbeTarget(
            WireAddresses.fromWire(message.getAddress()),
            Reading.one("check", message.getCheck(), WireChecks::read),
            timeConstant(message));
    Optional<Estimate> estimate =
        message.getMeasured()
            ? Optional.of(
                new Estimate(
                    message.getLatencyMillis(),
                    message.getLoss(),
                    message.getJitterMillis(),
                    Reading.unsigned("samples", message.getSamples()),
                    Instant.ofEpochMilli(message.getUpdatedEpochMillis()),
                    message.hasLoad()
                        ? OptionalDouble.of(message.getLoad())
                        : OptionalDouble.empty(),
                    message.hasBytesPerSecond()
                        ? OptionalDouble.of(message.getBytesPerSecond())
                        : OptionalDouble.empty(),
                    Duration.ofMillis(message.getIntervalMillis())))
            : Optional.empty();
    return Map.entry(
        target,
        new SiteState(
            estimate, health(message.getHealth()), message.getSaved(), message.getChanging()));
  }

  private static Duration timeConstant(TargetEstimate message) {
    return message.getTimeConstantMillis() == 0
        ? Policy.Latency.DEFAULT.timeConstant()
        : Duration.ofMillis(Integer.toUnsignedLong(message.getTimeConstantMillis()));
  }

  /** A state of health that a later version may add is not known here. */
  private static Health health(net.dglb.mapping.wire.Health health) {
    return switch (health) {
      case HEALTH_UP -> Health.UP;
      case HEALTH_DOWN -> Health.DOWN;
      case HEALTH_UNKNOWN, UNRECOGNIZED -> Health.UNKNOWN;
    };
  }
}
