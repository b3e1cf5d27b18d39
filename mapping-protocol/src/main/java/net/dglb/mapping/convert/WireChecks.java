package net.dglb.mapping.convert;

import java.time.Duration;
import net.dglb.mapping.wire.HealthCheck;
import net.dglb.mapping.wire.StatusRange;
import net.dglb.mapping.wire.Ttls;

/** Health checks, TTLs and the durations in them. */
final class WireChecks {

  private static final int MAX_RANGES = 100;

  private WireChecks() {}

  static HealthCheck toWire(net.dglb.service.HealthCheck check) {
    HealthCheck.Builder message =
        HealthCheck.newBuilder()
            .setKind(
                switch (check.kind()) {
                  case HTTP -> HealthCheck.Kind.KIND_HTTP;
                  case HTTPS -> HealthCheck.Kind.KIND_HTTPS;
                  case TCP -> HealthCheck.Kind.KIND_TCP;
                  case ICMP -> HealthCheck.Kind.KIND_ICMP;
                  case DNS -> HealthCheck.Kind.KIND_DNS;
                })
            .setPort(check.port())
            .setPath(check.path())
            .setHost(check.host())
            .setIntervalMillis((int) check.interval().toMillis())
            .setTimeoutMillis((int) check.timeout().toMillis())
            .setRise(check.rise())
            .setFall(check.fall())
            .setHoldDownMillis((int) check.holdDown().toMillis())
            .addAllAccept(
                check.accept().stream()
                    .map(
                        r -> StatusRange.newBuilder().setFirst(r.first()).setLast(r.last()).build())
                    .toList());
    if (!check.exchange().equals(net.dglb.service.Exchange.USUAL)) {
      message.setExchange(WireExchanges.toWire(check.exchange()));
    }
    return message.build();
  }

  static Ttls toWire(net.dglb.service.Ttls ttls) {
    return Ttls.newBuilder()
        .setDelegationSeconds((int) ttls.delegation().toSeconds())
        .setReferralSeconds((int) ttls.referral().toSeconds())
        .setAnswerSeconds((int) ttls.answer().toSeconds())
        .setChangingSeconds((int) ttls.changing().toSeconds())
        .build();
  }

  static net.dglb.service.HealthCheck read(HealthCheck check) throws MalformedMessageException {
    return new net.dglb.service.HealthCheck(
        kind(check.getKind()),
        check.getKind() == HealthCheck.Kind.KIND_ICMP ? 0 : WireAddresses.port(check.getPort()),
        check.getPath(),
        check.getHost(),
        millis("interval_millis", check.getIntervalMillis()),
        millis("timeout_millis", check.getTimeoutMillis()),
        check.getRise(),
        check.getFall(),
        Reading.all(
            "accept",
            check.getAcceptList(),
            MAX_RANGES,
            range -> new net.dglb.service.StatusRange(range.getFirst(), range.getLast())),
        millis("hold_down_millis", check.getHoldDownMillis()),
        check.hasExchange()
            ? Reading.part("exchange", check.getExchange(), WireExchanges::read)
            : net.dglb.service.Exchange.USUAL);
  }

  static net.dglb.service.Ttls read(Ttls ttls) throws MalformedMessageException {
    net.dglb.service.Ttls usual =
        new net.dglb.service.Ttls(
            seconds("delegation_seconds", ttls.getDelegationSeconds()),
            seconds("referral_seconds", ttls.getReferralSeconds()),
            seconds("answer_seconds", ttls.getAnswerSeconds()));
    return ttls.getChangingSeconds() == 0
        ? usual
        : new net.dglb.service.Ttls(
            usual.delegation(),
            usual.referral(),
            usual.answer(),
            seconds("changing_seconds", ttls.getChangingSeconds()));
  }

  static Duration micros(String where, int micros) throws MalformedMessageException {
    return Duration.ofNanos(1000L * Reading.unsigned(where, micros));
  }

  static Duration millis(String where, int millis) throws MalformedMessageException {
    return Duration.ofMillis(Reading.unsigned(where, millis));
  }

  static Duration seconds(String where, int seconds) throws MalformedMessageException {
    return Duration.ofSeconds(Reading.unsigned(where, seconds));
  }

  private static net.dglb.service.HealthCheck.Kind kind(HealthCheck.Kind kind)
      throws MalformedMessageException {
    return switch (kind) {
      case KIND_HTTP -> net.dglb.service.HealthCheck.Kind.HTTP;
      case KIND_HTTPS -> net.dglb.service.HealthCheck.Kind.HTTPS;
      case KIND_TCP -> net.dglb.service.HealthCheck.Kind.TCP;
      case KIND_ICMP -> net.dglb.service.HealthCheck.Kind.ICMP;
      case KIND_DNS -> net.dglb.service.HealthCheck.Kind.DNS;
      case KIND_UNSPECIFIED, UNRECOGNIZED ->
          throw new InvalidContentException("kind: " + kind + " (expected a known one)");
    };
  }
}
