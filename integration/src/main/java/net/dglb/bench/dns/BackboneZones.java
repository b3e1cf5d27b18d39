package net.dglb.bench.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.backbone.announce.Directory;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.announce.Presence;
import net.dglb.backbone.announce.StoredAnnouncement;
import net.dglb.backbone.duty.ServedLabel;
import net.dglb.backbone.estimate.EstimateTable;
import net.dglb.backbone.index.EstimatedPlaces;
import net.dglb.backbone.index.FallbackTable;
import net.dglb.backbone.index.IndexCompiler;
import net.dglb.backbone.index.ResolverIndex;
import net.dglb.backbone.index.ServiceView;
import net.dglb.backbone.refer.ReferSettings;
import net.dglb.backbone.refer.ReferralCompiler;
import net.dglb.backbone.secure.SecureLabels;
import net.dglb.backbone.sign.OnlineSigning;
import net.dglb.backbone.sign.SignedZone;
import net.dglb.backbone.sign.SigningSettings;
import net.dglb.backbone.sign.ZoneSigning;
import net.dglb.decision.said.Sayings;
import net.dglb.dns.sign.SignatureLifetime;
import net.dglb.dns.sign.SigningAlgorithm;
import net.dglb.dns.sign.SigningKey;
import net.dglb.dns.zone.Zone;
import net.dglb.mapping.convert.Announcement;
import net.dglb.mapping.convert.AnnouncementVersion;
import net.dglb.net.AddressLiteral;
import net.dglb.net.DomainName;
import net.dglb.net.Location;
import net.dglb.net.Prefix;
import net.dglb.service.DelegationForm;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.HealthCheck;
import net.dglb.service.Mode;
import net.dglb.service.Policy;
import net.dglb.service.Service;
import net.dglb.service.Site;
import net.dglb.service.Ttls;
import net.dglb.time.VirtualTimeline;

/**
 * A backbone's main address: services, each with a label at every load balancer, and a map of
 * loopback prefixes to load balancers, so that any source in 127.0.0.0/8 tells another way through.
 */
final class BackboneZones {

  private static final int LOAD_BALANCERS = 100;
  private static final int PREFIX_LENGTH = 28;

  /** Signatures that are kept, and that may be made in a second: so that no limit is met. */
  private static final int MOST = 1_000_000;

  private static final int LOOPBACK = 127 << 24;

  private BackboneZones() {}

  /**
   * The zone.
   *
   * @param signed whether it is signed, on demand
   */
  static List<Zone> of(int services, int prefixes, boolean signed) {
    List<LoadBalancer> loadBalancers = loadBalancers();
    List<Service> list = new ArrayList<>();
    List<ServedLabel> served = new ArrayList<>();
    for (int i = 0; i < services; i++) {
      list.add(service(BenchZones.service(i)));
      for (int lb = 1; lb <= LOAD_BALANCERS; lb++) {
        List<String> holders = List.of("lb-" + lb, "lb-" + (lb % LOAD_BALANCERS + 1));
        served.add(new ServedLabel(BenchZones.service(i), "lb-" + lb, true, holders));
      }
    }
    Optional<SignedZone> how = signed ? Optional.of(signing()) : Optional.empty();
    ReferralCompiler compiler =
        new ReferralCompiler(
            new ReferSettings(BenchZones.ORIGIN.child("hostmaster"), true, 20),
            new EstimateTable(),
            () -> Sayings.NONE,
            nothingEstimated(),
            _ -> how,
            new SecureLabels(new HashMap<>(), new VirtualTimeline(Instant.EPOCH)));
    EnterpriseZone zone =
        new EnterpriseZone("bench", BenchZones.ORIGIN, DelegationForm.ALIASED, signed, 1, list);
    return List.copyOf(
        compiler
            .compile(
                List.of(zone),
                List.of(DomainName.of("b1.dglb.test"), DomainName.of("b2.dglb.test")),
                loadBalancers,
                served,
                index(loadBalancers, prefixes),
                Instant.EPOCH)
            .zones());
  }

  private static SignedZone signing() {
    List<SigningKey> keys =
        List.of(SigningKey.generate(SigningAlgorithm.ECDSA_P256, SigningKey.ENTRY_POINT));
    OnlineSigning shared =
        new OnlineSigning(
            new SigningSettings(MOST, MOST, MOST, SignatureLifetime.DEFAULT),
            InstantSource.system(),
            new SecureRandom(),
            System::nanoTime);
    return new SignedZone(new ZoneSigning(shared, BenchZones.ORIGIN, keys, keys), keys, keys);
  }

  private static EstimatedPlaces nothingEstimated() {
    return new EstimatedPlaces(
        _ -> new ServiceView(Map.of(), List.of(), Map.of()),
        Runnable::run,
        new VirtualTimeline(Instant.EPOCH),
        () -> {});
  }

  private static ResolverIndex index(List<LoadBalancer> loadBalancers, int prefixes) {
    FallbackTable.Builder map = new FallbackTable.Builder(prefixes);
    for (int i = 0; i < prefixes; i++) {
      // Spread evenly over 127.0.0.0/8; neighbours lead to different load balancers.
      int network = (int) ((long) i * (1 << (PREFIX_LENGTH - 8)) / prefixes);
      int address = LOOPBACK | network << (32 - PREFIX_LENGTH);
      map.computed(
          new Prefix(ipv4(address), PREFIX_LENGTH), List.of("lb-" + (1 + i * 7 % LOAD_BALANCERS)));
    }
    IndexCompiler indexes = new IndexCompiler();
    indexes.computedMap(map.build());
    return indexes.compile(loadBalancers);
  }

  private static List<LoadBalancer> loadBalancers() {
    List<LoadBalancer> list = new ArrayList<>();
    list.add(new LoadBalancer(0, announcement(Directory.BACKBONE_ID, 0), Presence.LIVE));
    for (int i = 1; i <= LOAD_BALANCERS; i++) {
      list.add(new LoadBalancer(i, announcement("lb-" + i, i), Presence.LIVE));
    }
    return list;
  }

  private static StoredAnnouncement announcement(String id, int number) {
    return new StoredAnnouncement(
        new Announcement(
            id,
            new AnnouncementVersion(1, 1),
            Optional.empty(),
            List.of(
                ipv4(198 << 24 | 18 << 16 | number),
                AddressLiteral.parse("2001:db8:1::" + (number + 1))),
            53,
            List.of(),
            List.of(),
            Optional.of(new Location(number % 90, number)),
            false,
            List.of()),
        false);
  }

  private static Service service(DomainName name) {
    return new Service(
        name,
        List.of(),
        Mode.ANSWER,
        List.of(new Site("one", List.of(AddressLiteral.parse("192.0.2.1")), Optional.empty())),
        new HealthCheck(
            HealthCheck.Kind.HTTP,
            80,
            "/",
            name.toString(),
            HealthCheck.USUAL_INTERVAL,
            HealthCheck.USUAL_TIMEOUT,
            2,
            3,
            HealthCheck.USUAL_STATUSES),
        Policy.Latency.DEFAULT,
        new Ttls(Duration.ofDays(1), Duration.ofHours(1), Duration.ofMinutes(5)),
        0);
  }

  private static InetAddress ipv4(int bits) {
    try {
      return InetAddress.getByAddress(
          new byte[] {
            (byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits
          });
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
