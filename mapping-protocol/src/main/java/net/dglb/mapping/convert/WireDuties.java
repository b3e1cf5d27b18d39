package net.dglb.mapping.convert;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import net.dglb.mapping.wire.AddressCheck;
import net.dglb.mapping.wire.Delegation;
import net.dglb.mapping.wire.Duty;
import net.dglb.mapping.wire.DutyAck;
import net.dglb.mapping.wire.DutyEnd;
import net.dglb.mapping.wire.NameServer;
import net.dglb.net.DomainName;

/** Label duties, and the delegations that lead to them. */
public final class WireDuties {

  /** The longest text of an address check, in octets: one character string (RFC 1035, 3.3.14). */
  public static final int MAX_CHECK_TEXT = 255;

  private WireDuties() {}

  /** A duty as a message. */
  public static Duty toWire(LabelDuty duty) {
    Duty.Builder message =
        Duty.newBuilder()
            .setLabel(duty.label())
            .setService(duty.service().toString())
            .setZoneVersion(duty.zoneVersion())
            .setBackup(duty.backup())
            .addAllNameServers(duty.nameServers().stream().map(DomainName::toString).toList())
            .setNameServerTtlSeconds((int) duty.nameServerTtl().toSeconds());
    duty.place().map(WireAddresses::toWire).ifPresent(message::setPlace);
    return message.build();
  }

  /**
   * The acknowledgement of a duty.
   *
   * @param zoneVersion the version of the zone that the label is answered with
   */
  public static DutyAck acknowledge(String label, DomainName service, long zoneVersion) {
    return DutyAck.newBuilder()
        .setLabel(label)
        .setService(service.toString())
        .setZoneVersion(zoneVersion)
        .build();
  }

  /** The end of a duty; the receiver goes on answering for the given time. */
  public static DutyEnd end(String label, DomainName service, int serveSeconds) {
    return DutyEnd.newBuilder()
        .setLabel(label)
        .setService(service.toString())
        .setServeSeconds(serveSeconds)
        .build();
  }

  /** A delegation as a message. */
  public static Delegation toWire(ZoneDelegation delegation) {
    return Delegation.newBuilder()
        .setOrigin(delegation.origin().toString())
        .addAllNameServers(
            delegation.nameServers().stream()
                .map(server ->
                    NameServer.newBuilder()
                        .setName(server.name().toString())
                        .addAllAddresses(WireAddresses.toWire(server.addresses()))
                        .build())
                .toList())
        .setTtlSeconds((int) delegation.ttl().toSeconds())
        .addAllDsRdata(
            delegation.signers().stream().map(ds -> ByteString.copyFrom(ds.data())).toList())
        .build();
  }

  /** Reads a duty. */
  public static LabelDuty fromWire(Duty message) throws MalformedMessageException {
    return Reading.one(
        "duty \"" + message.getLabel() + "." + message.getService() + "\"",
        message,
        WireDuties::read);
  }

  private static LabelDuty read(Duty message) throws MalformedMessageException {
    return new LabelDuty(
        message.getLabel(),
        name("service", message.getService()),
        Reading.unsigned("zone_version", message.getZoneVersion()),
        message.getBackup(),
        message.hasPlace()
            ? Optional.of(WireAddresses.fromWire(message.getPlace()))
            : Optional.empty(),
        Reading.all(
            "name_servers",
            message.getNameServersList(),
            LabelDuty.MAX_NAME_SERVERS,
            DomainName::of),
        WireChecks.seconds("name_server_ttl_seconds", message.getNameServerTtlSeconds()));
  }

  /** Reads a delegation. */
  public static ZoneDelegation fromWire(Delegation message) throws MalformedMessageException {
    return Reading.one(
        "delegation of \"" + message.getOrigin() + "\"",
        message,
        m ->
            new ZoneDelegation(
                name("origin", m.getOrigin()),
                Reading.all(
                    "name_servers",
                    m.getNameServersList(),
                    ZoneDelegation.MAX_NAME_SERVERS,
                    WireDuties::nameServer),
                WireChecks.seconds("ttl_seconds", m.getTtlSeconds()),
                signers(m.getDsRdataList())));
  }

  /** The name of an address check, after a check of its text. */
  public static DomainName nameOf(AddressCheck message) throws MalformedMessageException {
    int octets = message.getTextBytes().size();
    if (octets < 1 || octets > MAX_CHECK_TEXT) {
      throw new MalformedMessageException(
          "address check: text of " + octets + " octets (expected 1 to " + MAX_CHECK_TEXT + ")");
    }
    return name("address check", message.getName());
  }

  /**
   * Reads a name of a small message that has no record of its own.
   *
   * @param where for the exception's text
   */
  public static DomainName name(String where, String text) throws MalformedMessageException {
    return Reading.one(where, text, DomainName::of);
  }

  /** Reads the data of DS records. */
  public static List<DelegationSigner> signers(List<ByteString> data)
      throws MalformedMessageException {
    return Reading.all(
        "ds_rdata", data, DelegationSigner.MAX, ds -> DelegationSigner.of(ds.toByteArray()));
  }

  private static ZoneDelegation.NameServer nameServer(NameServer message)
      throws MalformedMessageException {
    return new ZoneDelegation.NameServer(
        name("name", message.getName()),
        Reading.all(
            "addresses",
            message.getAddressesList(),
            Announcement.MAX_ADDRESSES,
            WireAddresses::fromWire));
  }
}
