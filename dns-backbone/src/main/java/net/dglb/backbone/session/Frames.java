package net.dglb.backbone.session;

import net.dglb.mapping.convert.AnnouncementVersion;
import net.dglb.mapping.convert.LabelDuty;
import net.dglb.mapping.convert.WireDuties;
import net.dglb.mapping.wire.AddressCheck;
import net.dglb.mapping.wire.AnnounceAck;
import net.dglb.mapping.wire.Error;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Registered;
import net.dglb.mapping.wire.Unregistered;
import net.dglb.mapping.wire.WithdrawAck;
import net.dglb.mapping.wire.ZoneRemoved;
import net.dglb.net.DomainName;

/** Makes the frames that a backbone node sends. */
final class Frames {

  private Frames() {}

  static Frame announceAck(Frame request, AnnouncementVersion version) {
    return answer(request)
        .setAnnounceAck(AnnounceAck.newBuilder().setVersion(version.toWire()))
        .build();
  }

  static Frame withdrawAck(Frame request, AnnouncementVersion version, int serveSeconds) {
    return answer(request)
        .setWithdrawAck(
            WithdrawAck.newBuilder().setVersion(version.toWire()).setServeSeconds(serveSeconds))
        .build();
  }

  static Frame oldVersion(Frame request, AnnouncementVersion stored, String text) {
    return answer(request)
        .setError(
            Error.newBuilder()
                .setCode(ErrorCode.ERROR_OLD_VERSION)
                .setText(text)
                .setStoredVersion(stored.toWire()))
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

  static Frame duty(LabelDuty duty) {
    return Frame.newBuilder().setDuty(WireDuties.toWire(duty)).build();
  }

  static Frame dutyEnd(String label, DomainName service, int serveSeconds) {
    return Frame.newBuilder().setDutyEnd(WireDuties.end(label, service, serveSeconds)).build();
  }

  static Frame zoneRemoved(DomainName origin, long version, int serveSeconds) {
    return Frame.newBuilder()
        .setZoneRemoved(
            ZoneRemoved.newBuilder()
                .setOrigin(origin.toString())
                .setVersion(version)
                .setServeSeconds(serveSeconds))
        .build();
  }

  static Frame addressCheck(DomainName name, String text) {
    return Frame.newBuilder()
        .setAddressCheck(AddressCheck.newBuilder().setName(name.toString()).setText(text))
        .build();
  }

  private static Frame.Builder answer(Frame request) {
    return Frame.newBuilder().setCorrelation(request.getCorrelation());
  }
}
