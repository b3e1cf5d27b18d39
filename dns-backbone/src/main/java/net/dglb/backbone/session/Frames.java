package net.dglb.backbone.session;

import java.time.Duration;
import net.dglb.backbone.duty.DutyOrder;
import net.dglb.backbone.map.EntryVersion;
import net.dglb.mapping.convert.LabelDuty;
import net.dglb.mapping.convert.WireDuties;
import net.dglb.mapping.wire.AddressCheck;
import net.dglb.mapping.wire.AnnounceAck;
import net.dglb.mapping.wire.DutyEnd;
import net.dglb.mapping.wire.Error;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Registered;
import net.dglb.mapping.wire.Unregistered;
import net.dglb.mapping.wire.Version;
import net.dglb.mapping.wire.WithdrawAck;
import net.dglb.net.DomainName;

/** Makes the frames that a backbone node sends. */
final class Frames {

  private Frames() {}

  static Frame announceAck(Frame request, Version version) {
    return answer(request).setAnnounceAck(AnnounceAck.newBuilder().setVersion(version)).build();
  }

  static Frame withdrawAck(Frame request, Version version, int serveSeconds) {
    return answer(request)
        .setWithdrawAck(WithdrawAck.newBuilder().setVersion(version).setServeSeconds(serveSeconds))
        .build();
  }

  static Frame oldVersion(Frame request, EntryVersion stored, String text) {
    return answer(request)
        .setError(
            Error.newBuilder()
                .setCode(ErrorCode.ERROR_OLD_VERSION)
                .setText(text)
                .setStoredVersion(toWire(stored)))
        .build();
  }

  static Frame registered(Frame request, DomainName origin, long version) {
    return answer(request)
        .setRegistered(Registered.newBuilder().setOrigin(origin.toString()).setVersion(version))
        .build();
  }

  static Frame unregistered(Frame request, DomainName origin, long version) {
    return answer(request)
        .setUnregistered(Unregistered.newBuilder().setOrigin(origin.toString()).setVersion(version))
        .build();
  }

  static Frame duty(DutyOrder order) {
    LabelDuty duty =
        new LabelDuty(
            order.label(),
            order.service(),
            order.zoneVersion(),
            order.backup(),
            order.place(),
            order.nameServers(),
            Duration.ofSeconds(order.nameServerTtlSeconds()));
    return Frame.newBuilder().setDuty(WireDuties.toWire(duty)).build();
  }

  static Frame dutyEnd(String label, DomainName service, int serveSeconds) {
    return Frame.newBuilder()
        .setDutyEnd(
            DutyEnd.newBuilder()
                .setLabel(label)
                .setService(service.toString())
                .setServeSeconds(serveSeconds))
        .build();
  }

  static Frame addressCheck(DomainName name, String text) {
    return Frame.newBuilder()
        .setAddressCheck(AddressCheck.newBuilder().setName(name.toString()).setText(text))
        .build();
  }

  static Version toWire(EntryVersion version) {
    return Version.newBuilder()
        .setGeneration(version.generation())
        .setCounter(version.counter())
        .build();
  }

  static EntryVersion fromWire(Version version) {
    return new EntryVersion(version.getGeneration(), version.getCounter());
  }

  private static Frame.Builder answer(Frame request) {
    return Frame.newBuilder().setCorrelation(request.getCorrelation());
  }
}
