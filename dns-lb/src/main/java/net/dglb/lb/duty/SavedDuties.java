package net.dglb.lb.duty;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import net.dglb.lb.state.SavedMessages;
import net.dglb.lb.wire.SavedDuty;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.convert.WireDuties;
import net.dglb.mapping.convert.WireServices;
import net.dglb.mapping.wire.Duty;
import net.dglb.mapping.wire.EnterpriseZone;
import net.dglb.mapping.wire.ZoneRemoved;
import net.dglb.net.DomainName;
import net.dglb.service.DelegationForm;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Services and duties on disk. */
public final class SavedDuties {

  private static final Logger LOG = LoggerFactory.getLogger(SavedDuties.class);
  private static final String DROPPED_OWNER = "dropped";

  private final SavedMessages<EnterpriseZone> zones;
  private final SavedMessages<EnterpriseZone> dropped;
  private final SavedMessages<ZoneRemoved> removed;
  private final SavedMessages<SavedDuty> duties;

  /** Uses durable maps by name. */
  public SavedDuties(Function<String, Map<String, byte[]>> maps) {
    zones = new SavedMessages<>("zone", maps.apply("zones"), EnterpriseZone.parser());
    dropped =
        new SavedMessages<>("service", maps.apply("dropped-services"), EnterpriseZone.parser());
    removed =
        new SavedMessages<>("removed zone", maps.apply("removed-zones"), ZoneRemoved.parser());
    duties = new SavedMessages<>("duty", maps.apply("duties"), SavedDuty.parser());
  }

  record Content(
      Collection<net.dglb.service.EnterpriseZone> zones,
      Collection<KnownService> dropped,
      Map<DomainName, Long> removedVersions,
      Collection<HeldDuty> held) {}

  /** Gives what was kept to the duties, which hold nothing yet. */
  public void restore(Duties target) {
    Map<DomainName, Long> versions = new HashMap<>();
    removed
        .load()
        .values()
        .forEach(it -> versions.put(DomainName.of(it.getOrigin()), it.getVersion()));
    target.restore(
        new Content(
            read(zones.load(), WireServices::fromWire),
            read(dropped.load(), SavedDuties::droppedService),
            versions,
            read(duties.load(), SavedDuties::duty)));
  }

  /** Writes what changed. */
  public void save(Duties source) {
    Content content = source.content();
    Map<String, net.dglb.service.EnterpriseZone> byOrigin = new HashMap<>();
    content.zones().forEach(it -> byOrigin.put(it.origin().toString(), it));
    zones.save(byOrigin, WireServices::toWire);
    Map<String, KnownService> byService = new HashMap<>();
    content.dropped().forEach(it -> byService.put(it.service().name().toString(), it));
    dropped.save(byService, SavedDuties::droppedZone);
    Map<String, ZoneRemoved> versions = new HashMap<>();
    content
        .removedVersions()
        .forEach((origin, version) ->
            versions.put(
                origin.toString(),
                ZoneRemoved.newBuilder().setOrigin(origin.toString()).setVersion(version).build()));
    removed.save(versions);
    Map<String, HeldDuty> byLabel = new HashMap<>();
    content.held().forEach(it -> byLabel.put(it.label().toString(), it));
    duties.save(byLabel, SavedDuties::saved);
  }

  private interface Reading<M, T> {
    T read(M message) throws InvalidProtocolBufferException, MalformedMessageException;
  }

  private static <M, T> List<T> read(Map<String, M> messages, Reading<M, T> reading) {
    List<T> values = new ArrayList<>();
    messages.forEach((key, message) -> {
      try {
        values.add(reading.read(message));
      } catch (InvalidProtocolBufferException
          | MalformedMessageException
          | IllegalArgumentException e) {
        LOG.warn("saved entry \"{}\" is left out: {}", key, e.getMessage());
      }
    });
    return values;
  }

  private static SavedDuty saved(HeldDuty duty) {
    return SavedDuty.newBuilder()
        .setDuty(WireDuties.toWire(duty.duty()).toByteString())
        .addAllWantedBy(duty.wantedBy())
        .setEndsEpochMillis(duty.ends().map(Instant::toEpochMilli).orElse(0L))
        .build();
  }

  private static HeldDuty duty(SavedDuty saved)
      throws InvalidProtocolBufferException, MalformedMessageException {
    HeldDuty duty =
        new HeldDuty(
            WireDuties.fromWire(Duty.parseFrom(saved.getDuty())),
            new TreeSet<>(saved.getWantedByList()),
            Optional.empty());
    return saved.getEndsEpochMillis() == 0
        ? duty
        : duty.endedByAll(Instant.ofEpochMilli(saved.getEndsEpochMillis()));
  }

  private static EnterpriseZone droppedZone(KnownService known) {
    DelegationForm form =
        known.origin().equals(known.service().name())
            ? DelegationForm.DELEGATED
            : DelegationForm.ALIASED;
    return WireServices.toWire(
        new net.dglb.service.EnterpriseZone(
            DROPPED_OWNER,
            known.origin(),
            form,
            known.dnssec(),
            known.zoneVersion(),
            List.of(known.service())));
  }

  private static KnownService droppedService(EnterpriseZone message)
      throws MalformedMessageException {
    net.dglb.service.EnterpriseZone zone = WireServices.fromWire(message);
    return new KnownService(
        zone.origin(), zone.version(), zone.services().getFirst(), zone.dnssec());
  }
}
