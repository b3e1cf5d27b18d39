package net.dglb.backbone.keys;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import javax.crypto.spec.SecretKeySpec;
import net.dglb.backbone.Samples;
import net.dglb.backbone.map.MapKeys;
import net.dglb.backbone.refer.Backbone;
import net.dglb.backbone.registry.Caller;
import net.dglb.backbone.registry.ImmediateLog;
import net.dglb.backbone.registry.LoggedZoneRegistry;
import net.dglb.backbone.registry.Registration;
import net.dglb.backbone.registry.RegistryTables;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.backbone.sign.OnlineSigning;
import net.dglb.backbone.sign.SigningSettings;
import net.dglb.dns.keys.KeyChain;
import net.dglb.dns.keys.KeyChange;
import net.dglb.dns.keys.RollCheck;
import net.dglb.dns.keys.ZoneKey;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.serve.InProcessServer;
import net.dglb.dns.sign.SigningKey;
import net.dglb.dns.wire.Transport;
import net.dglb.mapping.convert.DelegationSigner;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class ZoneKeyringTest {

  private static final Duration TICK = Duration.ofMinutes(20);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Caller WHO = new Caller("dglb://authority/foobar", "192.0.2.9");
  private static final DomainName OWN = DomainName.of("dglb.test");
  private static final DomainName ZONE = Samples.aliased(1).origin();

  private final Backbone backbone =
      new Backbone().serves(Samples.WWW, "lb-nyc", "lb-lon").serves(Samples.SHOP, "lb-nyc");
  private final ImmediateLog log = new ImmediateLog();
  private final ZoneRegistry registry = registry();
  private final OnlineSigning online =
      new OnlineSigning(
          SigningSettings.DEFAULT,
          backbone.timeline::now,
          new Random(1),
          backbone.timeline::nanoTime);
  private final KeySeal seal =
      new KeySeal(MapKeys.only(new SecretKeySpec(new byte[32], "HmacSHA256")));
  private RollSettings settings = RollSettings.DEFAULT;
  private boolean allHeard = true;
  private int rank;
  private ZoneKeyring keyring = keyring();
  private Set<DelegationSigner> parent = Set.of();
  private final Set<String> words = new LinkedHashSet<>();
  private final RollCheck resolvers =
      new RollCheck(ZONE, DAY.plus(HOUR), HOUR.plus(HOUR), DAY.plus(HOUR));

  private ZoneRegistry registry() {
    RegistryTables tables = new RegistryTables();
    log.join(tables);
    return new LoggedZoneRegistry(
        log,
        tables,
        new HashMap<>(),
        DomainName.of("dglb.test"),
        () -> Duration.ofDays(30),
        Runnable::run,
        backbone.timeline);
  }

  private ZoneKeyring keyring() {
    ZoneKeyring made =
        new ZoneKeyring(
            registry,
            seal,
            online,
            new Caller("dglb://backbone/b1", "itself"),
            () -> rank,
            () -> allHeard,
            settings,
            OWN,
            backbone.timeline);
    made.onChange(online::renew);
    backbone.signing = made::of;
    return made;
  }

  private void register(boolean dnssec) {
    EnterpriseZone plain = Samples.aliased(0);
    EnterpriseZone zone =
        new EnterpriseZone(
            plain.enterprise(), plain.origin(), plain.form(), dnssec, 0, plain.services());
    registry.register(Registration.granted(zone, WHO), _ -> {});
    backbone.timeline.runDue();
    backbone.zones = registry.list();
  }

  /** What happens once, and what every resolver sees of it. */
  private void look() {
    keyring.look(registry.list());
    backbone.timeline.runDue();
    resolvers.publishes(
        backbone.timeline.now(),
        parent.stream().map(signer -> RollCheck.ds(signer.data())).collect(toSet()),
        ask("lb.foobar.test.", Type.DNSKEY),
        List.of(
            ask("www.lb.foobar.test.", Type.A),
            ask("lb.foobar.test.", Type.NS),
            ask("lb.foobar.test.", Type.CDS),
            ask("lb-nyc.www.lb.foobar.test.", Type.A),
            ask("nothing.lb.foobar.test.", Type.A)));
    if (chain().isPresent()) {
      words.add(chain().get().words().replaceAll("[A-Z0-9_]+ key [0-9]+ ", ""));
    }
  }

  private void passUntil(BooleanSupplier holds) {
    for (int tick = 0; !holds.getAsBoolean(); tick++) {
      assertThat(tick).as("ticks, with %s", words).isLessThan(2_000);
      backbone.timeline.advance(TICK);
      look();
    }
  }

  private Optional<KeyChain> chain() {
    return chain(ZONE);
  }

  private Optional<KeyChain> chain(DomainName zone) {
    return keyring.entries().stream()
        .filter(entry -> entry.name().equals(zone))
        .map(entry -> entry.chain())
        .findFirst();
  }

  private int keys() {
    return chain().map(it -> it.keys().size()).orElse(0);
  }

  private boolean isActive(int number) {
    List<ZoneKey> keys = chain().map(KeyChain::keys).orElse(List.of());
    return keys.size() > number && keys.get(number).isActive();
  }

  private Optional<String> change(KeyChange change) {
    CompletableFuture<Optional<String>> told = keyring.change(ZONE, change);
    backbone.timeline.runDue();
    return told.join();
  }

  /** The parent takes what it is told. */
  private void parentFollows() {
    EnterpriseZone zone = registry.list().getFirst();
    parent = new HashSet<>(keyring.delegationSigners(zone));
    keyring.parentHas(ZONE, parent);
    backbone.timeline.runDue();
    look();
  }

  private void signed() {
    register(true);
    look();
    look();
    parentFollows();
    assertThat(isActive(0)).isTrue();
  }

  @Test
  void theFirstKeyOfANewZoneIsAnnouncedAtOnce() {
    signed();
    assertThat(words).containsExactly("announced", "active");
  }

  @Test
  void aZoneThatWasServedUnsignedIsAnnouncedOnceThatHasLeftTheCaches() {
    register(false);
    register(true);
    look();
    assertThat(keyring.delegationSigners(registry.list().getFirst())).isEmpty();
    passUntil(() -> words.contains("announced"));
    parentFollows();
    assertThat(words).containsExactly("published", "announced", "active");
  }

  @Test
  void everyResolverValidatesAtEveryMomentOfARoll() {
    signed();
    int first = chain().orElseThrow().keys().getFirst().key().tag();

    assertThat(change(new KeyChange.Roll())).isEmpty();
    passUntil(() -> words.contains("active, announced"));
    assertThat(keyring.delegationSigners(registry.list().getFirst())).hasSize(1);
    parentFollows();
    passUntil(() -> keys() == 1);

    assertThat(words)
        .containsExactly(
            "announced",
            "active",
            "active, introduced",
            "active, published",
            "active, announced",
            "retired, active",
            "withdrawn, active");
    assertThat(chain().orElseThrow().keys().getFirst().key().tag()).isNotEqualTo(first);
    Message cds = ask("lb.foobar.test.", Type.CDS);
    assertThat(cds.getSection(Section.ANSWER)).hasSize(2);
  }

  @Test
  void aParentThatPointsAtAKeyTooEarlyIsBogusForSomebody() {
    signed();
    var _ = change(new KeyChange.Roll());
    look();
    SigningKey early = chain().orElseThrow().keys().getLast().key();
    parent = Set.of(DelegationSigner.of(early.ds(ZONE)));
    assertThatThrownBy(this::look).hasMessageContaining("is bogus");
  }

  @Test
  void noStepIsTakenWhileANodeIsNotHeardNorByAnyButTheFirst() {
    signed();
    var _ = change(new KeyChange.Roll());
    allHeard = false;
    backbone.timeline.advance(DAY.multipliedBy(3));
    look();
    allHeard = true;
    rank = 1;
    backbone.timeline.advance(HOUR);
    look();
    assertThat(words).doesNotContain("active, published");
    rank = 0;
    backbone.timeline.advance(HOUR);
    look();
    assertThat(words).contains("active, introduced");
    passUntil(() -> words.contains("active, published"));
  }

  @Test
  void aRestartGoesOnWhereTheRollWas() {
    signed();
    var _ = change(new KeyChange.Roll());
    passUntil(() -> words.contains("active, published"));
    KeyChain before = chain().orElseThrow();
    keyring = keyring();
    look();
    assertThat(chain()).contains(before);
    passUntil(() -> words.contains("active, announced"));
  }

  @Test
  void theBackbonesOwnZoneHasAKeyWithoutARegistrationAndItIsRolledLikeOthers() {
    keyring.look(List.of());
    backbone.timeline.runDue();
    assertThat(keyring.own().words()).as("it was served unsigned").endsWith("published");
    assertThat(keyring.own().announced()).isEmpty();

    backbone.timeline.advance(HOUR.plus(HOUR));
    keyring.look(List.of());
    backbone.timeline.runDue();
    assertThat(keyring.own().words()).endsWith("announced");
    assertThat(keyring.figures().waiting()).as("nobody has to make it secure").isZero();
    keyring.parentHas(
        OWN, Set.of(DelegationSigner.of(keyring.own().announced().orElseThrow().ds(OWN))));
    backbone.timeline.runDue();
    assertThat(keyring.own().words()).endsWith("active");

    var _ = keyring.change(OWN, new KeyChange.Roll());
    backbone.timeline.runDue();
    KeyChain rolling = keyring.own();
    assertThat(rolling.isRolling()).isTrue();
    keyring = keyring();
    assertThat(keyring.own()).as("with another life of the node").isEqualTo(rolling);
  }

  @Test
  void aKeyIsReplacedWhenItsLifeIsOver() {
    settings = new RollSettings(Optional.of(DAY.multipliedBy(2)), HOUR, DAY, HOUR);
    keyring = keyring();
    signed();
    passUntil(() -> words.contains("active, announced"));
  }

  @Test
  void aNewKeyIsGivenUpBeforeItIsAnnouncedAndNotLater() {
    signed();
    var _ = change(new KeyChange.Roll());
    look();
    int tag = chain().orElseThrow().keys().getLast().key().tag();
    var _ = change(new KeyChange.GiveUp(tag));
    look();
    assertThat(keys()).isEqualTo(1);

    int only = chain().orElseThrow().keys().getFirst().key().tag();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> keyring.change(ZONE, new KeyChange.GiveUp(only)))
        .withMessageContaining("no other key is in use");
  }

  @Test
  void aChangeThatIsNotConfirmedSaysSo() {
    signed();
    log.away = true;
    assertThat(change(new KeyChange.Roll()).orElseThrow())
        .startsWith("lb.foobar.test: not stored: ");
    assertThat(keys()).isEqualTo(1);
  }

  @Test
  void keysThatAreNotForThisBackboneAreAProblemToBeSeen() {
    signed();
    ZoneKeyring other =
        new ZoneKeyring(
            registry,
            new KeySeal(MapKeys.only(new SecretKeySpec(new byte[33], "HmacSHA256"))),
            online,
            WHO,
            () -> 0,
            () -> true,
            settings,
            OWN,
            backbone.timeline);
    assertThat(other.entries()).isEmpty();
    assertThat(other.problems().get(ZONE)).contains("not sealed for it");
  }

  private Message ask(String name, int type) {
    try {
      Message query = Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
      query.addRecord(new OPTRecord(1232, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
      byte[] answer =
          new InProcessServer(Catalog.of(backbone.compile().zones()))
              .ask(
                  query.toWire(), InetAddress.ofLiteral(Backbone.NEW_YORK_RESOLVER), Transport.TCP);
      return new Message(answer);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
