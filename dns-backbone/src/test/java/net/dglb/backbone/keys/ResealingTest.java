package net.dglb.backbone.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import net.dglb.backbone.Samples;
import net.dglb.backbone.map.MapKeys;
import net.dglb.backbone.registry.Admission;
import net.dglb.backbone.registry.Caller;
import net.dglb.backbone.registry.ImmediateLog;
import net.dglb.backbone.registry.KeyWish;
import net.dglb.backbone.registry.LoggedZoneRegistry;
import net.dglb.backbone.registry.Registration;
import net.dglb.backbone.registry.RegistryTables;
import net.dglb.backbone.registry.Removal;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.backbone.registry.wire.PutKeys;
import net.dglb.backbone.registry.wire.UpdateKey;
import net.dglb.net.DomainName;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResealingTest {

  private static final Caller SELF = new Caller("dglb://backbone/b1", "itself");
  private static final DomainName OWN = DomainName.of("dglb.test");
  private static final DomainName KEY = DomainName.of("updates.foobar.test");
  private static final SecretKey OLD = new SecretKeySpec(new byte[32], "HmacSHA256");
  private static final SecretKey NEW = new SecretKeySpec(new byte[] {1, 2}, "HmacSHA256");

  private final VirtualTimeline timeline =
      new VirtualTimeline(Instant.parse("2026-11-20T00:00:00Z"));
  private final RegistryTables tables = new RegistryTables();
  private final ImmediateLog log = new ImmediateLog(tables);
  private final ZoneRegistry registry =
      new LoggedZoneRegistry(
          log, tables, new HashMap<>(), OWN, () -> Duration.ofDays(30), Runnable::run, timeline);
  private MapKeys keys = new MapKeys(OLD, List.of(), List.of());
  private final KeySeal seal = new KeySeal(() -> keys);
  private boolean turn = true;
  private final Resealing resealing = new Resealing(registry, seal, SELF, () -> turn, timeline);

  @BeforeEach
  void secretsUnderTheOldKey() {
    for (var zone : List.of(Samples.aliased(0), Samples.delegated(0))) {
      registry.register(Registration.granted(zone, SELF), _ -> {});
      timeline.runDue();
      putKeys(zone.origin(), false);
    }
    registry.remove(
        new Removal(Samples.delegated(0).origin(), SELF, OptionalLong.empty(), true), _ -> {});
    putKeys(OWN, true);
    registry.admit(
        new Admission(
            "foobar", Admission.Credentials.SAME, OptionalInt.empty(), OptionalInt.empty(), SELF),
        _ -> {});
    registry.key(new KeyWish("foobar", key("secret"), false, SELF), _ -> {});
    timeline.runDue();
    resealing.start();
  }

  @Test
  void everySecretIsSealedAnewAndThenTheOldKeyMayGo() {
    keys = new MapKeys(NEW, List.of(), List.of(OLD));
    assertThat(resealing.left()).as("two zones, the own one, a key for updates").isEqualTo(4);

    timeline.advance(Duration.ofSeconds(10));
    assertThat(resealing.left()).isZero();

    keys = new MapKeys(NEW, List.of(), List.of());
    registry
        .state()
        .zones()
        .forEach((origin, zone) ->
            assertThat(opened(origin, zone.getKeys().getSealed())).isEqualTo("keys of " + origin));
    assertThat(opened(OWN, registry.keys(OWN).getSealed())).isEqualTo("keys of dglb.test");
    assertThat(opened(KEY, stored().getSealedSecret())).isEqualTo("secret");
    keys = new MapKeys(OLD, List.of(), List.of());
    assertThatThrownBy(() -> opened(KEY, stored().getSealedSecret()))
        .hasMessageContaining("not sealed for it under a map key of this node");
  }

  @Test
  void aKeyThatIsToComeIsNoReasonToSealAnything() {
    keys = new MapKeys(OLD, List.of(NEW), List.of());
    int logged = log.size();
    timeline.advance(Duration.ofMinutes(1));
    assertThat(log.size()).isEqualTo(logged);
  }

  @Test
  void oneNodeDoesItForAll() {
    keys = new MapKeys(NEW, List.of(), List.of(OLD));
    turn = false;
    timeline.advance(Duration.ofMinutes(1));
    assertThat(resealing.left()).isEqualTo(4);
  }

  @Test
  void aSecretThatWasMadeAnewMeanwhileStays() {
    UpdateKey before = stored();
    keys = new MapKeys(NEW, List.of(), List.of(OLD));
    registry.key(new KeyWish("foobar", key("another"), false, SELF), _ -> {});
    registry.key(
        new KeyWish("foobar", key("secret"), false, before.getSealedSecret(), SELF), _ -> {});
    timeline.runDue();
    assertThat(opened(KEY, stored().getSealedSecret())).isEqualTo("another");
  }

  private void putKeys(DomainName origin, boolean own) {
    registry.putKeys(
        PutKeys.newBuilder()
            .setOrigin(origin.toString())
            .setSealed(seal.seal(origin, text("keys of " + origin)))
            .setOwn(own)
            .build(),
        SELF,
        _ -> {});
    timeline.runDue();
  }

  private UpdateKey key(String secret) {
    return UpdateKey.newBuilder()
        .setName(KEY.toString())
        .setAlgorithm("hmac-sha256")
        .setSealedSecret(seal.seal(KEY, text(secret)))
        .build();
  }

  private UpdateKey stored() {
    return registry.state().enterprises().values().iterator().next().getUpdateKeys(0);
  }

  private String opened(DomainName name, ByteString sealed) {
    return new String(seal.open(name, sealed), StandardCharsets.UTF_8);
  }

  private static byte[] text(String of) {
    return of.getBytes(StandardCharsets.UTF_8);
  }
}
