package net.dglb.backbone.update;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import net.dglb.backbone.registry.WireTexts;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.backbone.registry.state.RegistryState;
import net.dglb.backbone.registry.wire.ZoneRecord;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.serve.InProcessServer;
import net.dglb.dns.slow.TransferSource;
import net.dglb.dns.transfer.TransferZone;
import net.dglb.dns.transfer.ZoneSnapshot;
import net.dglb.dns.wire.Transport;
import net.dglb.dns.zone.Names;
import net.dglb.identity.TsigKey;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.net.DomainName;
import net.dglb.node.Published;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.ZoneTexts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Enterprise zones as records, for their owners alone: what a dynamic update may refer to. Asked by
 * one thread at a time, the slow path's.
 */
public final class EnterpriseTransfers implements TransferSource {

  private static final Logger LOG = LoggerFactory.getLogger(EnterpriseTransfers.class);

  private final Supplier<RegistryState> state;
  private final EnterpriseKeys keys;
  private final InProcessServer served;

  /**
   * Reads zones from the registry's state.
   *
   * @param catalog answers for the records at the apex of each zone
   */
  public EnterpriseTransfers(
      Supplier<RegistryState> state, EnterpriseKeys keys, Published<Catalog> catalog) {
    this.state = state;
    this.keys = keys;
    this.served = new InProcessServer(catalog);
  }

  @Override
  public Optional<TransferZone> find(DomainName apex) {
    return state
        .get()
        .served(apex)
        .flatMap(this::draft)
        .map(ZoneDraft::records)
        .filter(records -> records.stream().anyMatch(SOARecord.class::isInstance))
        .map(records -> TransferZone.of(ZoneSnapshot.of(records)));
  }

  @Override
  public boolean allows(DomainName apex, Optional<TsigKey> key, InetAddress source) {
    Optional<String> owner = state.get().served(apex).map(ZoneRecord::getEnterprise);
    return owner.isPresent() && key.map(TsigKey::name).flatMap(keys::owner).equals(owner);
  }

  /** A zone to be changed; empty if this node cannot read it. */
  Optional<ZoneDraft> draft(ZoneRecord record) {
    try {
      EnterpriseZone zone =
          ZoneRegistry.model(RegistryState.last(record))
              .withVersion(RegistryState.last(record).getVersion());
      ZoneTexts texts =
          new ZoneTexts(record.getTextsNumber(), WireTexts.fromWire(record.getTextsList()));
      return Optional.of(
          new ZoneDraft(zone, texts.sets(), apexOf(zone, texts.serial(zone.version()))));
    } catch (MalformedMessageException | IllegalArgumentException | IOException e) {
      LOG.error("zone {} cannot be read: {}", record.getOrigin(), e.getMessage());
      return Optional.empty();
    }
  }

  private List<Record> apexOf(EnterpriseZone zone, long serial) throws IOException {
    List<Record> records = new ArrayList<>(answer(zone, Type.NS));
    for (Record record : answer(zone, Type.SOA)) {
      if (record instanceof SOARecord soa) {
        records.add(
            new SOARecord(
                soa.getName(),
                DClass.IN,
                soa.getTTL(),
                soa.getHost(),
                soa.getAdmin(),
                serial,
                soa.getRefresh(),
                soa.getRetry(),
                soa.getExpire(),
                soa.getMinimum()));
      }
    }
    return records;
  }

  private List<Record> answer(EnterpriseZone zone, int type) throws IOException {
    Message query = Message.newQuery(Record.newRecord(Names.of(zone.origin()), type, DClass.IN));
    byte[] answer = served.ask(query.toWire(), InetAddress.getLoopbackAddress(), Transport.TCP);
    return answer.length == 0
        ? List.of()
        : new Message(answer)
            .getSection(Section.ANSWER).stream()
                .filter(record -> record.getType() == type)
                .toList();
  }
}
