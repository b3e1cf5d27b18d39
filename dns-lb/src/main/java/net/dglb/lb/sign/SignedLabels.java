package net.dglb.lb.sign;

import static java.util.stream.Collectors.toSet;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import net.dglb.decision.Answers;
import net.dglb.dns.keys.KeyBook;
import net.dglb.dns.sign.RecordSigner;
import net.dglb.dns.sign.SignatureLifetime;
import net.dglb.dns.zone.SignedRecords;
import net.dglb.lb.duty.HeldDuty;
import net.dglb.lb.duty.KnownService;
import net.dglb.lb.duty.LabelName;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.convert.SignedLabel;
import net.dglb.mapping.convert.SignedLabel.SignedSet;
import net.dglb.mapping.convert.WireDuties;
import net.dglb.mapping.convert.WireLabels;
import net.dglb.mapping.session.Session;
import net.dglb.mapping.session.SessionListener;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.LabelKeys;
import net.dglb.mapping.wire.SignedSets;
import net.dglb.net.AddressFamily;
import net.dglb.net.DomainName;
import net.dglb.node.BoundedLines;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is signed of the labels that are answered here: own ones are signed here, with a key that
 * never leaves this load balancer's disk, and told to the backbone; of the others it is what their
 * load balancers signed. Kept on disk. Used on the control thread only.
 */
public final class SignedLabels implements SessionListener {

  private static final Logger LOG = LoggerFactory.getLogger(SignedLabels.class);
  private static final SignatureLifetime LIFETIME = SignatureLifetime.DEFAULT;

  /** What comes shortly before the duty that it is for is not forgotten at once. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final int MAX_LABELS = 100_000;

  private record Kept(SignedLabel label, SignedRecords records, Instant since) {}

  private final String ownId;
  private final Map<String, byte[]> store;
  private LabelKeySettings settings;
  private final LabelKeyring keys;
  private final Timeline timeline;
  private final RandomGenerator random;
  private final Consumer<LabelName> changed;
  private final Consumer<Frame> broadcast;
  private final NavigableMap<LabelName, Kept> labels = new TreeMap<>();
  private final BoundedLines signings;
  private long signedSets;

  /**
   * Takes up what is on disk; makes the key if there is none.
   *
   * @param settings of the own labels' key
   * @param maps durable maps by name
   * @param commit puts them on disk
   * @param changed is told of labels that others signed
   * @param broadcast sends to every backbone node with an open session
   * @param backboneNodes the ids of all backbone nodes that are known
   */
  public SignedLabels(
      String ownId,
      LabelKeySettings settings,
      Function<String, Map<String, byte[]>> maps,
      Runnable commit,
      Timeline timeline,
      RandomGenerator random,
      Consumer<LabelName> changed,
      Consumer<Frame> broadcast,
      Supplier<Set<String>> backboneNodes) {
    this.ownId = ownId;
    this.settings = settings;
    this.store = maps.apply("signed-labels");
    this.timeline = timeline;
    this.random = random;
    this.changed = changed;
    this.broadcast = broadcast;
    signings =
        new BoundedLines(timeline, rest -> LOG.info("record sets of {} more labels signed", rest));
    store.forEach(this::restore);
    keys =
        new LabelKeyring(
            ownId,
            maps.apply("label-keys"),
            commit,
            timeline,
            settings,
            this::highestTtl,
            backboneNodes);
    keys.start(this::ownServices, this::keysChanged);
  }

  /** Keeps keys by other settings from now on; own labels are signed again if that is due. */
  public void use(LabelKeySettings next) {
    settings = next;
    keys.use(next);
  }

  /** The keys, for the admin API. */
  public KeyBook keys() {
    return keys;
  }

  /** The figures of now. */
  public SigningFigures figures() {
    return new SigningFigures(own().size(), signedSets, keys.isRolling(), keys.inUseSince());
  }

  private List<SignedLabel> own() {
    return labels.values().stream()
        .map(Kept::label)
        .filter(label -> label.label().equals(ownId))
        .toList();
  }

  private Set<DomainName> ownServices() {
    return own().stream().map(SignedLabel::service).collect(toSet());
  }

  private Duration highestTtl() {
    return Duration.ofSeconds(
        own().stream()
            .flatMap(label -> label.sets().stream())
            .mapToInt(SignedLabel.SignedSet::ttlSeconds)
            .max()
            .orElse(0));
  }

  /** Labels are signed again where that is due; the backbone hears of what is announced. */
  private void keysChanged() {
    for (SignedLabel label : own()) {
      changed.accept(new LabelName(label.label(), label.service()));
      broadcast.accept(signers(label));
    }
  }

  private void restore(String name, byte[] bytes) {
    try {
      use(WireLabels.fromWire(SignedSets.parseFrom(bytes)));
    } catch (InvalidProtocolBufferException
        | MalformedMessageException
        | IllegalArgumentException e) {
      LOG.warn("signed records of {} on disk are left out: {}", name, e.getMessage());
    }
  }

  /**
   * What is signed of a label; an own one is signed now if that is due. Empty for a zone that is
   * not signed, and of another place before its records have come.
   *
   * @param nameServers the label's NS set
   * @param answered what is answered now, by family
   */
  public Optional<SignedRecords> of(
      HeldDuty duty,
      KnownService known,
      List<DomainName> nameServers,
      Duration nameServerTtl,
      Function<AddressFamily, Answers> answered) {
    if (!known.dnssec()) {
      return Optional.empty();
    }
    LabelName label = duty.label();
    if (label.place().equals(ownId)) {
      LabelRecords records =
          new LabelRecords(
              duty,
              known,
              nameServers,
              nameServerTtl,
              keys.published(),
              settings.keySeconds(),
              timeline.now());
      if (known.service().answering().count() > 1) {
        records.answered(answered.apply(AddressFamily.IPV4), answered.apply(AddressFamily.IPV6));
      }
      signIfDue(label, records);
    }
    return Optional.ofNullable(labels.get(label)).map(Kept::records);
  }

  private void signIfDue(LabelName label, LabelRecords records) {
    Instant now = timeline.now();
    Instant due = now.plus(LIFETIME.least().dividedBy(2));
    Optional<SignedLabel> present =
        Optional.ofNullable(labels.get(label))
            .map(Kept::label)
            .filter(it -> it.ends().isAfter(due));
    if (present.filter(it -> records.areOf(it, keys.signing())).isPresent()) {
      return;
    }
    RecordSigner signer =
        new RecordSigner(label.apex(), keys.signing(), LIFETIME, timeline::now, random);
    SignedLabel signed =
        present
            .flatMap(it -> records.addTo(it, signer, keys.signing(), now))
            .orElseGet(() -> records.sign(signer, now));
    Set<SignedSet> before = new HashSet<>(present.map(SignedLabel::sets).orElse(List.of()));
    long made = signed.sets().stream().filter(set -> !before.contains(set)).count();
    signedSets += made;
    keep(signed);
    frames(signed).forEach(broadcast);
    if (signings.admits()) {
      LOG.info("{}: {} record sets signed", label, made);
    }
  }

  private void keep(SignedLabel signed) {
    LabelName name = use(signed);
    store.put(name.toString(), WireLabels.toWire(signed).toByteArray());
  }

  private LabelName use(SignedLabel signed) {
    LabelName name = new LabelName(signed.label(), signed.service());
    SignedRecords records =
        new SignedRecords(
            signed.sets().stream()
                .map(set ->
                    new SignedRecords.Signed(
                        set.type(),
                        set.ttlSeconds(),
                        set.data().stream().map(it -> it.toByteArray()).toList(),
                        set.signatures().stream().map(it -> it.toByteArray()).toList()))
                .toList());
    labels.put(name, new Kept(signed, records, timeline.now()));
    return name;
  }

  private List<Frame> frames(SignedLabel signed) {
    return List.of(
        Frame.newBuilder().setSignedSets(WireLabels.toWire(signed)).build(), signers(signed));
  }

  private Frame signers(SignedLabel signed) {
    return Frame.newBuilder()
        .setLabelKeys(
            WireLabels.toWire(signed.label(), signed.service(), keys.signers(signed.service())))
        .build();
  }

  /** Forgets labels that are no longer answered here. */
  public void retain(Predicate<LabelName> answered) {
    Instant since = timeline.now().minus(PATIENCE);
    labels
        .entrySet()
        .removeIf(entry -> {
          boolean gone = entry.getValue().since().isBefore(since) && !answered.test(entry.getKey());
          if (gone) {
            store.remove(entry.getKey().toString());
          }
          return gone;
        });
  }

  @Override
  public void opened(Session session) {
    own().forEach(label -> frames(label).forEach(session::send));
  }

  @Override
  public void received(Session session, Frame frame) {
    try {
      if (frame.hasLabelKeys() && frame.getLabelKeys().getLabel().equals(ownId)) {
        acknowledged(session, frame.getLabelKeys());
      }
      if (!frame.hasSignedSets()) {
        return;
      }
      SignedLabel signed = WireLabels.fromWire(frame.getSignedSets());
      LabelName name = new LabelName(signed.label(), signed.service());
      Kept present = labels.get(name);
      boolean newer = present == null || present.label().version() < signed.version();
      if (signed.label().equals(ownId) || !newer) {
        return;
      }
      if (present == null && labels.size() >= MAX_LABELS) {
        session.refuse(
            frame, ErrorCode.ERROR_TOO_MANY, "signed labels: " + MAX_LABELS + " are kept already");
        return;
      }
      keep(signed);
      changed.accept(name);
    } catch (MalformedMessageException e) {
      LOG.warn("signed sets from {} are refused: {}", session.peer(), e.getMessage());
      session.refuse(frame, e);
    } catch (IllegalArgumentException e) {
      LOG.warn("signed sets from {} are refused: {}", session.peer(), e.getMessage());
      session.refuse(frame, ErrorCode.ERROR_INVALID, String.valueOf(e.getMessage()));
    }
  }

  private void acknowledged(Session session, LabelKeys said) throws MalformedMessageException {
    keys.acknowledged(
        session.peer().id(),
        WireDuties.name("service", said.getService()),
        WireDuties.signers(said.getDsRdataList()));
  }

  @Override
  public void closed(Session session, String why) {}
}
