package net.dglb.mapping.convert;

import java.time.Duration;
import net.dglb.mapping.wire.ChainPolicy;
import net.dglb.mapping.wire.DownloadScore;
import net.dglb.mapping.wire.FailoverPolicy;
import net.dglb.mapping.wire.LatencyPolicy;
import net.dglb.mapping.wire.SumPolicy;
import net.dglb.mapping.wire.TransferScore;
import net.dglb.service.Policy;
import net.dglb.service.Score;
import net.dglb.service.Service;

/** Policies. */
final class WirePolicies {

  private WirePolicies() {}

  static net.dglb.mapping.wire.Policy toWire(Policy policy) {
    net.dglb.mapping.wire.Policy.Builder message = net.dglb.mapping.wire.Policy.newBuilder();
    switch (policy) {
      case Policy.Latency it ->
          message.setLatency(averages(it.margin(), it.timeConstant(), it.score()));
      case Policy.Sum it ->
          message.setSum(
              SumPolicy.newBuilder()
                  .setLatency(it.latency())
                  .setKilometres(it.kilometres())
                  .setCost(it.cost())
                  .setLoad(it.load())
                  .setAverages(averages(it.margin(), it.timeConstant(), it.score())));
      case Policy.Failover it ->
          message.setFailover(
              FailoverPolicy.newBuilder()
                  .addAllOrder(it.order())
                  .setFailback(it.failback())
                  .setFailbackDelayMillis((int) it.failbackDelay().toMillis())
                  .setTimeConstantMillis((int) it.timeConstant().toMillis()));
      case Policy.Chain it ->
          message.setChain(
              ChainPolicy.newBuilder()
                  .setOrder(toWire(it.order()))
                  .addAllSteps(it.steps().stream().map(WireSteps::toWire).toList()));
    }
    return message.build();
  }

  private static LatencyPolicy averages(Duration margin, Duration timeConstant, Score score) {
    LatencyPolicy.Builder message =
        LatencyPolicy.newBuilder()
            .setMarginMicros((int) (margin.toNanos() / 1000))
            .setTimeConstantMillis((int) timeConstant.toMillis());
    if (score instanceof Score.Download download) {
      message.setDownload(
          DownloadScore.newBuilder().setFloorMillis((int) download.floor().toMillis()));
    }
    if (score instanceof Score.Transfer transfer) {
      message.setTransfer(TransferScore.newBuilder().setBytes(transfer.bytes()));
    }
    return message.build();
  }

  static Policy read(net.dglb.mapping.wire.Policy policy) throws MalformedMessageException {
    return switch (policy.getKindCase()) {
      case LATENCY -> latency(policy.getLatency());
      case SUM -> sum(policy.getSum());
      case FAILOVER -> failover(policy.getFailover());
      case CHAIN -> chain(policy.getChain());
      case KIND_NOT_SET ->
          throw new InvalidContentException(
              "unknown kind (expected latency, sum, failover or chain)");
    };
  }

  private static Policy failover(FailoverPolicy failover) throws MalformedMessageException {
    return new Policy.Failover(
        Reading.all("order", failover.getOrderList(), Service.MAX_SITES, it -> it),
        failover.getFailback(),
        WireChecks.millis("failback_delay_millis", failover.getFailbackDelayMillis()),
        WireChecks.millis("time_constant_millis", failover.getTimeConstantMillis()));
  }

  /** A chain's order is no chain: nothing is nested deeper, however the message is made. */
  private static Policy chain(ChainPolicy chain) throws MalformedMessageException {
    if (chain.getOrder().hasChain()) {
      throw new MalformedMessageException("order: a chain (expected another kind)");
    }
    return new Policy.Chain(
        Reading.part("order", chain.getOrder(), WirePolicies::read),
        Reading.parts("steps", chain.getStepsList(), Policy.Chain.MAX_STEPS, WireSteps::read));
  }

  private static Policy.Sum sum(SumPolicy sum) throws MalformedMessageException {
    Policy.Latency averages = latency(sum.getAverages());
    return new Policy.Sum(
        sum.getLatency(),
        sum.getKilometres(),
        sum.getCost(),
        sum.getLoad(),
        averages.margin(),
        averages.timeConstant(),
        averages.score());
  }

  private static Policy.Latency latency(LatencyPolicy latency) throws MalformedMessageException {
    return new Policy.Latency(
        WireChecks.micros("margin_micros", latency.getMarginMicros()),
        WireChecks.millis("time_constant_millis", latency.getTimeConstantMillis()),
        score(latency));
  }

  private static Score score(LatencyPolicy latency) throws MalformedMessageException {
    if (latency.hasTransfer()) {
      return new Score.Transfer(latency.getTransfer().getBytes());
    }
    return latency.hasDownload()
        ? new Score.Download(
            WireChecks.millis("floor_millis", latency.getDownload().getFloorMillis()))
        : new Score.Latency();
  }
}
