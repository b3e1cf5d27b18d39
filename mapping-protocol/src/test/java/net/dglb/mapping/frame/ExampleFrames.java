package net.dglb.mapping.frame;

import com.google.protobuf.ByteString;
import java.util.LinkedHashMap;
import java.util.Map;
import net.dglb.mapping.wire.Address;
import net.dglb.mapping.wire.AddressCheck;
import net.dglb.mapping.wire.AddressCheckAck;
import net.dglb.mapping.wire.Announce;
import net.dglb.mapping.wire.AnnounceAck;
import net.dglb.mapping.wire.BackboneNode;
import net.dglb.mapping.wire.BackboneNodes;
import net.dglb.mapping.wire.Delegation;
import net.dglb.mapping.wire.DelegationForm;
import net.dglb.mapping.wire.Duty;
import net.dglb.mapping.wire.DutyAck;
import net.dglb.mapping.wire.DutyEnd;
import net.dglb.mapping.wire.EndpointAddress;
import net.dglb.mapping.wire.EnterpriseZone;
import net.dglb.mapping.wire.Error;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Estimates;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Goodbye;
import net.dglb.mapping.wire.Health;
import net.dglb.mapping.wire.HealthCheck;
import net.dglb.mapping.wire.HeldZone;
import net.dglb.mapping.wire.Hello;
import net.dglb.mapping.wire.LabelKeys;
import net.dglb.mapping.wire.LatencyPolicy;
import net.dglb.mapping.wire.Load;
import net.dglb.mapping.wire.Location;
import net.dglb.mapping.wire.Mode;
import net.dglb.mapping.wire.NameServer;
import net.dglb.mapping.wire.Neighbour;
import net.dglb.mapping.wire.Neighbours;
import net.dglb.mapping.wire.Ping;
import net.dglb.mapping.wire.Policy;
import net.dglb.mapping.wire.Pong;
import net.dglb.mapping.wire.Prefix;
import net.dglb.mapping.wire.Register;
import net.dglb.mapping.wire.Registered;
import net.dglb.mapping.wire.Role;
import net.dglb.mapping.wire.Service;
import net.dglb.mapping.wire.SignedSet;
import net.dglb.mapping.wire.SignedSets;
import net.dglb.mapping.wire.Site;
import net.dglb.mapping.wire.StatusRange;
import net.dglb.mapping.wire.TargetEstimate;
import net.dglb.mapping.wire.Ttls;
import net.dglb.mapping.wire.Unregister;
import net.dglb.mapping.wire.Unregistered;
import net.dglb.mapping.wire.Version;
import net.dglb.mapping.wire.Welcome;
import net.dglb.mapping.wire.Withdraw;
import net.dglb.mapping.wire.WithdrawAck;
import net.dglb.mapping.wire.ZoneRemoved;
import net.dglb.mapping.wire.ZoneUpdate;
import net.dglb.mapping.wire.ZonesHeld;

/** What the golden files must decode to: one example of every message. */
final class ExampleFrames {

  private static final String SERVICE = "www.lb.foobar.example";
  private static final String LABEL = "lb-nyc-1";
  private static final Address IPV4 = address(192, 0, 2, 1);
  private static final Address IPV6 =
      address(0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
  private static final Version VERSION =
      Version.newBuilder().setGeneration(1).setCounter(7).build();
  private static final EndpointAddress ENDPOINT =
      EndpointAddress.newBuilder().setAddress(IPV4).setPort(8853).build();
  private static final Location NEW_YORK =
      Location.newBuilder().setLatitude(40.75).setLongitude(-74).build();

  private ExampleFrames() {}

  static Map<String, Frame> all() {
    Map<String, Frame.Builder> frames = new LinkedHashMap<>();
    session(frames);
    announcing(frames);
    duties(frames);
    OperatingFrames.add(frames);
    measuring(frames);
    registering(frames);
    Map<String, Frame> built = new LinkedHashMap<>();
    frames.forEach((name, frame) -> built.put(name, frame.build()));
    return built;
  }

  private static Frame.Builder frame() {
    return Frame.newBuilder();
  }

  private static void session(Map<String, Frame.Builder> frames) {
    frames.put(
        "hello",
        frame()
            .setHello(
                Hello.newBuilder()
                    .setVersionMin(1)
                    .setVersionMax(1)
                    .setRole(Role.ROLE_LOAD_BALANCER)
                    .setId(LABEL)
                    .setSoftware("dglb/0.1")
                    .setHighestVersion(VERSION)
                    .setPingIntervalMillis(5000)
                    .setMaxFrameBytes(1 << 20)));
    frames.put(
        "welcome",
        frame()
            .setWelcome(
                Welcome.newBuilder()
                    .setVersion(1)
                    .setRole(Role.ROLE_BACKBONE)
                    .setId("b1")
                    .setSoftware("dglb/0.1")
                    .setHighestVersion(VERSION)
                    .setPingIntervalMillis(5000)
                    .setMaxFrameBytes(1 << 20)));
    frames.put(
        "error",
        frame()
            .setCorrelation(3)
            .setError(
                Error.newBuilder()
                    .setCode(ErrorCode.ERROR_OLD_VERSION)
                    .setText("version 1.7 is stored")
                    .setStoredVersion(VERSION)));
    frames.put("ping", frame().setPing(Ping.newBuilder().setNonce(42)));
    frames.put("pong", frame().setPong(Pong.newBuilder().setNonce(42)));
    frames.put("goodbye", frame().setGoodbye(Goodbye.newBuilder().setReason("stops")));
    frames.put(
        "backbone-nodes",
        frame()
            .setBackboneNodes(
                BackboneNodes.newBuilder()
                    .addNodes(BackboneNode.newBuilder().setId("b1").addMapping(ENDPOINT))));
  }

  private static void announcing(Map<String, Frame.Builder> frames) {
    frames.put("announce", frame().setCorrelation(2).setAnnounce(announce()));
    frames.put(
        "announce-timed",
        frame().setCorrelation(2).setAnnounce(announce().setAnnouncedEpochMillis(1767225600000L)));
    frames.put(
        "announce-ack",
        frame().setCorrelation(2).setAnnounceAck(AnnounceAck.newBuilder().setVersion(VERSION)));
    frames.put(
        "withdraw",
        frame()
            .setCorrelation(4)
            .setWithdraw(
                Withdraw.newBuilder()
                    .setVersion(Version.newBuilder().setGeneration(1).setCounter(8))
                    .setReason("maintenance")));
    frames.put(
        "withdraw-ack",
        frame()
            .setCorrelation(4)
            .setWithdrawAck(
                WithdrawAck.newBuilder()
                    .setVersion(Version.newBuilder().setGeneration(1).setCounter(8))
                    .setServeSeconds(7200)));
    frames.put(
        "neighbours",
        frame()
            .setNeighbours(
                Neighbours.newBuilder()
                    .addNeighbours(
                        Neighbour.newBuilder()
                            .setId("lb-bos-1")
                            .addMapping(ENDPOINT)
                            .setLocation(NEW_YORK))));
  }

  private static Announce.Builder announce() {
    return Announce.newBuilder()
        .setVersion(VERSION)
        .setPages(1)
        .addAddresses(IPV4)
        .addAddresses(IPV6)
        .setDnsPort(53)
        .addResolverPrefixes(
            Prefix.newBuilder().setOctets(address(198, 51, 100, 0).getOctets()).setLength(24))
        .addClientPrefixes(
            Prefix.newBuilder().setOctets(address(203, 0, 113, 0).getOctets()).setLength(24))
        .setLocation(NEW_YORK)
        .addMapping(ENDPOINT);
  }

  private static void duties(Map<String, Frame.Builder> frames) {
    frames.put(
        "zone-update", frame().setZoneUpdate(ZoneUpdate.newBuilder().setZone(zone()).setPages(1)));
    frames.put(
        "zone-removed",
        frame()
            .setZoneRemoved(
                ZoneRemoved.newBuilder()
                    .setOrigin("lb.foobar.example")
                    .setVersion(4)
                    .setServeSeconds(86400)));
    frames.put(
        "zones-held",
        frame()
            .setZonesHeld(
                ZonesHeld.newBuilder()
                    .addZones(HeldZone.newBuilder().setOrigin("lb.foobar.example").setVersion(4))));
    frames.put(
        "duty",
        frame()
            .setDuty(
                Duty.newBuilder()
                    .setLabel(LABEL)
                    .setService(SERVICE)
                    .setZoneVersion(3)
                    .setBackup(true)
                    .setPlace(NEW_YORK)
                    .addNameServers(LABEL + ".ns.lb.foobar.example")
                    .addNameServers("lb-bos-1.ns.lb.foobar.example")
                    .setNameServerTtlSeconds(3600)));
    frames.put(
        "duty-ack",
        frame()
            .setDutyAck(
                DutyAck.newBuilder().setLabel(LABEL).setService(SERVICE).setZoneVersion(3)));
    frames.put(
        "duty-end",
        frame()
            .setDutyEnd(
                DutyEnd.newBuilder().setLabel(LABEL).setService(SERVICE).setServeSeconds(7200)));
    frames.put(
        "address-check",
        frame()
            .setAddressCheck(
                AddressCheck.newBuilder()
                    .setName("b1._dglb.lb.foobar.example")
                    .setText("9f86d081884c7d65")));
    frames.put(
        "address-check-ack",
        frame()
            .setAddressCheckAck(
                AddressCheckAck.newBuilder().setName("b1._dglb.lb.foobar.example")));
  }

  private static void measuring(Map<String, Frame.Builder> frames) {
    frames.put(
        "estimates",
        frame()
            .setEstimates(
                Estimates.newBuilder()
                    .setPlace(LABEL)
                    .addTargets(
                        TargetEstimate.newBuilder()
                            .setAddress(IPV4)
                            .setCheck(check())
                            .setHealth(Health.HEALTH_UP)
                            .setMeasured(true)
                            .setLatencyMillis(12.5)
                            .setLoss(0.25)
                            .setSamples(40)
                            .setUpdatedEpochMillis(1_767_225_600_000L))));
    frames.put("load", frame().setLoad(Load.newBuilder().putMetrics("queries-per-second", 1500)));
    frames.put(
        "label-keys",
        frame()
            .setLabelKeys(
                LabelKeys.newBuilder()
                    .setLabel(LABEL)
                    .setService(SERVICE)
                    .addDsRdata(ByteString.copyFrom(new byte[] {0x30, 0x39, 13, 2, 1, 2, 3}))));
    frames.put(
        "signed-sets",
        frame()
            .setSignedSets(
                SignedSets.newBuilder()
                    .setLabel(LABEL)
                    .setService(SERVICE)
                    .setVersion(9)
                    .addSets(
                        SignedSet.newBuilder()
                            .setType(1)
                            .setTtlSeconds(300)
                            .addData(ByteString.copyFrom(new byte[] {10, 0, 0, 1}))
                            .addSignatures(ByteString.copyFrom(new byte[90])))));
  }

  private static void registering(Map<String, Frame.Builder> frames) {
    frames.put(
        "register",
        frame().setCorrelation(5).setRegister(Register.newBuilder().setZone(zone()).setPages(1)));
    frames.put(
        "registered",
        frame()
            .setCorrelation(5)
            .setRegistered(Registered.newBuilder().setOrigin("lb.foobar.example").setVersion(3)));
    frames.put(
        "unregister",
        frame()
            .setCorrelation(6)
            .setUnregister(Unregister.newBuilder().setOrigin("lb.foobar.example")));
    frames.put(
        "unregistered",
        frame()
            .setCorrelation(6)
            .setUnregistered(
                Unregistered.newBuilder().setOrigin("lb.foobar.example").setVersion(4)));
    frames.put(
        "delegation",
        frame()
            .setDelegation(
                Delegation.newBuilder()
                    .setOrigin("lb.foobar.example")
                    .addNameServers(
                        NameServer.newBuilder()
                            .setName("b1.dglb.example")
                            .addAddresses(IPV4)
                            .addAddresses(IPV6))
                    .setTtlSeconds(86400)));
  }

  private static EnterpriseZone zone() {
    return EnterpriseZone.newBuilder()
        .setEnterprise("foobar")
        .setOrigin("lb.foobar.example")
        .setForm(DelegationForm.DELEGATION_FORM_ALIASED)
        .setVersion(3)
        .addServices(
            Service.newBuilder()
                .setName(SERVICE)
                .addAliases("www.foobar.example")
                .setMode(Mode.MODE_ANSWER)
                .addSites(
                    Site.newBuilder()
                        .setId("frankfurt")
                        .addAddresses(IPV4)
                        .addAddresses(IPV6)
                        .setLocation(Location.newBuilder().setLatitude(50.125).setLongitude(8.75))
                        .setWeight(1))
                .setCheck(check())
                .setPolicy(
                    Policy.newBuilder()
                        .setLatency(
                            LatencyPolicy.newBuilder()
                                .setMarginMicros(5000)
                                .setTimeConstantMillis(300_000)))
                .setTtls(
                    Ttls.newBuilder()
                        .setDelegationSeconds(86400)
                        .setReferralSeconds(3600)
                        .setAnswerSeconds(300)))
        .build();
  }

  private static HealthCheck check() {
    return HealthCheck.newBuilder()
        .setKind(HealthCheck.Kind.KIND_HTTP)
        .setPort(80)
        .setPath("/")
        .setHost("www.foobar.example")
        .setIntervalMillis(30_000)
        .setTimeoutMillis(5000)
        .setRise(2)
        .setFall(3)
        .addAccept(StatusRange.newBuilder().setFirst(200).setLast(399))
        .build();
  }

  private static Address address(int... octets) {
    byte[] bytes = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      bytes[i] = (byte) octets[i];
    }
    return Address.newBuilder().setOctets(ByteString.copyFrom(bytes)).build();
  }
}
