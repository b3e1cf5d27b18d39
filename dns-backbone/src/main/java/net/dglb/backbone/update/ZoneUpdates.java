package net.dglb.backbone.update;

import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import net.dglb.backbone.registry.Caller;
import net.dglb.backbone.registry.Refusal;
import net.dglb.backbone.registry.Update;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.backbone.registry.ZoneRegistry.Outcome;
import net.dglb.backbone.registry.state.RegistryState;
import net.dglb.backbone.registry.wire.Proof;
import net.dglb.backbone.registry.wire.ZoneRecord;
import net.dglb.dns.slow.UpdateAnswer;
import net.dglb.dns.slow.UpdateSink;
import net.dglb.dns.tsig.ReceivedMessage;
import net.dglb.dns.wire.ExtendedError;
import net.dglb.dns.zone.Names;
import net.dglb.identity.TsigKey;
import net.dglb.net.AddressLiteral;
import net.dglb.net.DomainName;
import net.dglb.node.SeldomLine;
import net.dglb.service.EnterpriseZone;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Makes changes of the registry from dynamic updates. An update is worked out against a version and
 * stored only if that is still the version: so its prerequisites hold when it is stored. If another
 * change came between, it is worked out anew. Updates come from any thread; the work is done on the
 * control thread.
 */
public final class ZoneUpdates implements UpdateSink {

  private static final Logger LOG = LoggerFactory.getLogger(ZoneUpdates.class);
  private static final int AT_ONCE = 64;
  private static final int ATTEMPTS = 8;
  private static final UpdateAnswer DONE = UpdateAnswer.of(Rcode.NOERROR);

  /** What is told of a defect of this side. */
  private static final String OUR_FAULT = "a fault of the server; its log says more";

  private final ZoneRegistry registry;
  private final EnterpriseKeys keys;
  private final EnterpriseTransfers zones;
  private final Timeline control;
  private final Semaphore room = new Semaphore(AT_ONCE);
  private final SeldomLine unproven;

  /**
   * Takes updates.
   *
   * @param zones one of its own: it is asked on the control thread
   */
  public ZoneUpdates(
      ZoneRegistry registry, EnterpriseKeys keys, EnterpriseTransfers zones, Timeline control) {
    this.registry = registry;
    this.keys = keys;
    this.zones = zones;
    this.control = control;
    this.unproven = new SeldomLine(control::nanoTime);
  }

  /** An update on its way. */
  private record Asked(
      Message message,
      DomainName origin,
      String enterprise,
      Caller caller,
      Consumer<UpdateAnswer> answer) {}

  @Override
  public void take(ReceivedMessage update, InetAddress source, Consumer<UpdateAnswer> answer) {
    if (!room.tryAcquire()) {
      answer.accept(failed("too many updates at once"));
      return;
    }
    Consumer<UpdateAnswer> told =
        made -> {
          room.release();
          answer.accept(made);
        };
    control.execute(() -> begin(update, source, told));
  }

  private void begin(ReceivedMessage update, InetAddress source, Consumer<UpdateAnswer> answer) {
    try {
      attempt(asked(update, source, answer), 1);
    } catch (RefusedUpdateException e) {
      if (update.provenBy().isPresent()) {
        tellRefused(source, e, "");
      } else { // anybody can send such ones
        unproven.tell(more -> tellRefused(source, e, more));
      }
      answer.accept(e.answer());
    } catch (RuntimeException e) {
      LOG.error("update from {} failed", AddressLiteral.text(source), e);
      answer.accept(failed(OUR_FAULT));
    }
  }

  private static void tellRefused(InetAddress source, RefusedUpdateException why, String more) {
    LOG.info("update from {} refused: {}{}", AddressLiteral.text(source), why.getMessage(), more);
  }

  /** RFC 2136 section 3.1, and who may: whoever has a key of the enterprise whose zone it is. */
  private Asked asked(ReceivedMessage update, InetAddress source, Consumer<UpdateAnswer> answer)
      throws RefusedUpdateException {
    Message message = update.message();
    if (message.getSection(Section.ZONE).size() != 1) {
      throw new RefusedUpdateException(Rcode.FORMERR, "not one zone");
    }
    Record zone = message.getSection(Section.ZONE).getFirst();
    if (zone.getType() != Type.SOA || zone.getDClass() != DClass.IN) {
      throw new RefusedUpdateException(Rcode.FORMERR, "the zone is not told as IN SOA");
    }
    Optional<TsigKey> key = update.provenBy();
    if (key.isEmpty()) {
      throw new RefusedUpdateException(Rcode.REFUSED, zone.getName() + ": not signed");
    }
    String enterprise = keys.owner(key.get().name()).orElse("");
    Caller caller =
        new Caller(
            "enterprise " + enterprise + " key " + key.get().name(), AddressLiteral.text(source));
    return new Asked(message, origin(zone), enterprise, caller, answer);
  }

  private static DomainName origin(Record zone) throws RefusedUpdateException {
    try {
      return Names.of(zone.getName());
    } catch (IllegalArgumentException e) {
      throw new RefusedUpdateException(
          Rcode.NOTAUTH, zone.getName() + " is no zone of this server");
    }
  }

  private void attempt(Asked asked, int number) throws RefusedUpdateException {
    ZoneRecord record =
        registry
            .state()
            .served(asked.origin())
            .orElseThrow(() ->
                new RefusedUpdateException(
                    Rcode.NOTAUTH, asked.origin() + " is no zone of this server"));
    if (!record.getEnterprise().equals(asked.enterprise())) {
      String text = asked.caller().actor() + " does not own " + asked.origin();
      registry.refused(new Refusal("update-zone", asked.origin().toString(), text, asked.caller()));
      throw new RefusedUpdateException(Rcode.REFUSED, text);
    }
    ZoneDraft draft =
        zones
            .draft(record)
            .orElseThrow(() ->
                new RefusedUpdateException(Rcode.SERVFAIL, asked.origin() + " cannot be read"));
    EnterpriseZone before = draft.zone();
    var textsBefore = draft.texts();
    UpdateRules.apply(asked.message(), asked.origin(), draft);
    EnterpriseZone after = changed(draft);
    boolean sameSites = after.equals(before);
    if (sameSites && draft.texts().equals(textsBefore)) {
      asked.answer().accept(DONE); // section 3.4.2.7: nothing changes, not even the serial
      return;
    }
    if (!sameSites && record.getProof() == Proof.PROOF_GRANT) {
      throw new RefusedUpdateException(
          Rcode.REFUSED,
          asked.origin()
              + ": the addresses are those of its authority's registration document (change that)");
    }
    registry.update(
        new Update(
            asked.origin(),
            asked.enterprise(),
            RegistryState.last(record).getVersion(),
            record.getTextsNumber(),
            sameSites ? Optional.empty() : Optional.of(after),
            draft.texts(),
            asked.caller(),
            "dynamic update"),
        outcome -> told(asked, number, outcome));
  }

  private static EnterpriseZone changed(ZoneDraft draft) throws RefusedUpdateException {
    try {
      return draft.zone();
    } catch (IllegalArgumentException e) {
      throw new RefusedUpdateException(Rcode.REFUSED, String.valueOf(e.getMessage()));
    }
  }

  private void told(Asked asked, int number, Outcome outcome) {
    switch (outcome) {
      case Outcome.Stored(long version) -> {
        LOG.info("{}: version {} by {}", asked.origin(), version, asked.caller().actor());
        asked.answer().accept(DONE);
      }
      case Outcome.OldVersion _ -> again(asked, number);
      case Outcome.Refused(var _, String text) -> {
        LOG.info("update from {} refused: {}", asked.caller().source(), text);
        asked.answer().accept(UpdateAnswer.of(Rcode.REFUSED, ExtendedError.PROHIBITED, text));
      }
      case Outcome.Unavailable(String text) -> {
        LOG.warn("update from {} not confirmed: {}", asked.caller().source(), text);
        asked.answer().accept(failed(text));
      }
    }
  }

  private void again(Asked asked, int number) {
    if (number == ATTEMPTS) {
      LOG.warn("{}: changed too often meanwhile for an update", asked.origin());
      asked.answer().accept(failed("the zone was changed too often meanwhile"));
      return;
    }
    try {
      attempt(asked, number + 1);
    } catch (RefusedUpdateException e) {
      LOG.info("update from {} refused: {}", asked.caller().source(), e.getMessage());
      asked.answer().accept(e.answer());
    } catch (RuntimeException e) {
      LOG.error("update from {} failed", asked.caller().source(), e);
      asked.answer().accept(failed(OUR_FAULT));
    }
  }

  private static UpdateAnswer failed(String why) {
    return UpdateAnswer.of(Rcode.SERVFAIL, ExtendedError.OTHER_ERROR, why);
  }
}
