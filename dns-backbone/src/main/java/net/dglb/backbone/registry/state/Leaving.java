package net.dglb.backbone.registry.state;

import static java.util.stream.Collectors.toSet;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.dglb.backbone.registry.wire.LeavingService;
import net.dglb.backbone.registry.wire.ZoneRecord;
import net.dglb.backbone.registry.wire.ZoneVersion;
import net.dglb.mapping.wire.EnterpriseZone;
import net.dglb.mapping.wire.Service;
import net.dglb.net.DomainName;
import net.dglb.service.Ttls;
import org.jspecify.annotations.Nullable;

/**
 * For how long what was removed goes on being answered: resolvers hold the delegation and the
 * aliases that led them here for {@code ttl.delegation}, and what they got here, a CNAME and then
 * an NS set, for {@code ttl.referral} each.
 */
final class Leaving {

  private static final long MILLIS = 1000;

  private Leaving() {}

  /** Until when a zone is answered that is removed now; each of its versions may still be held. */
  static long until(ZoneRecord record, long now) {
    long until = now;
    long end = now;
    for (ZoneVersion version : record.getHistoryList().reversed()) {
      until = Math.max(until, end + heldMillis(version.getContent()));
      end = version.getAtEpochMillis();
    }
    return until;
  }

  private static long heldMillis(ByteString content) {
    return read(content).stream()
        .mapToLong(Leaving::heldMillis)
        .max()
        .orElse(Ttls.DEFAULT.delegation().toMillis());
  }

  private static long heldMillis(Service service) {
    long delegation = service.getTtls().getDelegationSeconds();
    return MILLIS * Math.max(delegation, 2L * service.getTtls().getReferralSeconds());
  }

  /**
   * The services that leave, or go on leaving, when a zone changes.
   *
   * @param present the zone's record under the same owner; null if it has none
   * @param content of the next version
   */
  static List<LeavingService> services(@Nullable ZoneRecord present, ByteString content, long now) {
    if (present == null) {
      return List.of();
    }
    Set<String> stay = read(content).stream().map(Service::getName).collect(toSet());
    Map<String, LeavingService> leaving = new LinkedHashMap<>();
    for (LeavingService former : present.getLeavingList()) {
      if (former.getUntilEpochMillis() > now) {
        service(former.getService()).ifPresent(it -> leaving.put(it.getName(), former));
      }
    }
    for (Service service : read(History.last(present).getContent())) {
      long until =
          present.hasRemoval()
              ? present.getRemoval().getAnsweredUntilEpochMillis()
              : now + heldMillis(service);
      if (until > now) {
        leaving.put(service.getName(), leaving(service, until));
      }
    }
    Set<String> above = stay.stream().flatMap(Leaving::above).collect(toSet());
    leaving
        .keySet()
        .removeIf(name ->
            stay.contains(name) || above.contains(name) || above(name).anyMatch(stay::contains));
    return leaving.values().stream()
        .limit(net.dglb.service.EnterpriseZone.MAX_SERVICES - stay.size())
        .toList();
  }

  /** The names above a name: services do not stand above one another. */
  private static Stream<String> above(String name) {
    return Stream.iterate(name.indexOf('.'), dot -> dot >= 0, dot -> name.indexOf('.', dot + 1))
        .map(dot -> name.substring(dot + 1));
  }

  private static LeavingService leaving(Service service, long until) {
    // An alias belongs to the enterprise's own zone, and may lead to another service from now on.
    return LeavingService.newBuilder()
        .setService(service.toBuilder().clearAliases().build().toByteString())
        .setUntilEpochMillis(until)
        .build();
  }

  /** Ends at once what is left of removed zones in the way of one that is registered now. */
  static RegistryState roomFor(
      RegistryState state, DomainName origin, ZoneRecord registered, long now) {
    List<DomainName> services =
        read(History.last(registered).getContent()).stream()
            .map(service -> DomainName.of(service.getName()))
            .toList();
    RegistryState next = state;
    for (Map.Entry<DomainName, ZoneRecord> each : state.zones().entrySet()) {
      DomainName other = each.getKey();
      boolean inTheWay =
          each.getValue().getEnterprise().equals(registered.getEnterprise())
              ? other.isBelow(origin) && services.stream().anyMatch(it -> it.isAtOrBelow(other))
              : other.isAtOrBelow(origin) || origin.isAtOrBelow(other);
      if (inTheWay && each.getValue().getRemoval().getAnsweredUntilEpochMillis() > now) {
        next = next.with(other, endedAt(each.getValue(), now));
      }
    }
    return next;
  }

  private static ZoneRecord endedAt(ZoneRecord removed, long now) {
    return removed.toBuilder()
        .setRemoval(removed.getRemoval().toBuilder().setAnsweredUntilEpochMillis(now))
        .build();
  }

  private static List<Service> read(ByteString content) {
    try {
      return EnterpriseZone.parseFrom(content).getServicesList();
    } catch (InvalidProtocolBufferException e) {
      return List.of();
    }
  }

  private static Optional<Service> service(ByteString content) {
    try {
      return Optional.of(Service.parseFrom(content));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }
}
