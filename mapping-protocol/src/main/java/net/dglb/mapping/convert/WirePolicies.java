package net.dglb.mapping.convert;

import java.time.Duration;
import net.dglb.mapping.wire.DownloadScore;
import net.dglb.mapping.wire.FailoverPolicy;
import net.dglb.mapping.wire.LatencyPolicy;
import net.dglb.mapping.wire.SumPolicy;
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
                  .setAverages(averages(it.margin(), it.timeConstant(), it.score())));
      case Policy.Failover it ->
          message.setFailover(
              FailoverPolicy.newBuilder()
                  .addAllOrder(it.order())
                  .setFailback(it.failback())
                  .setTimeConstantMillis((int) it.timeConstant().toMillis()));
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
    return message.build();
  }

  static Policy read(net.dglb.mapping.wire.Policy policy) throws MalformedMessageException {
    return switch (policy.getKindCase()) {
      case LATENCY -> latency(policy.getLatency());
      case SUM -> sum(policy.getSum());
      case FAILOVER ->
          new Policy.Failover(
              Reading.all(
                  "order", policy.getFailover().getOrderList(), Service.MAX_SITES, it -> it),
              policy.getFailover().getFailback(),
              WireChecks.millis(
                  "time_constant_millis", policy.getFailover().getTimeConstantMillis()));
      case KIND_NOT_SET ->
          throw new MalformedMessageException("unknown kind (expected latency, sum or failover)");
    };
  }

  private static Policy.Sum sum(SumPolicy sum) throws MalformedMessageException {
    Policy.Latency averages = latency(sum.getAverages());
    return new Policy.Sum(
        sum.getLatency(),
        sum.getKilometres(),
        sum.getCost(),
        averages.margin(),
        averages.timeConstant(),
        averages.score());
  }

  private static Policy.Latency latency(LatencyPolicy latency) throws MalformedMessageException {
    return new Policy.Latency(
        WireChecks.micros("margin_micros", latency.getMarginMicros()),
        WireChecks.millis("time_constant_millis", latency.getTimeConstantMillis()),
        latency.hasDownload()
            ? new Score.Download(
                WireChecks.millis("floor_millis", latency.getDownload().getFloorMillis()))
            : new Score.Latency());
  }
}
