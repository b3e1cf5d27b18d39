package net.dglb.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.backbone.announce.Grants;
import net.dglb.config.ConfigException;
import net.dglb.config.ConfigFile;
import net.dglb.config.ConfigSection;
import net.dglb.mapping.session.InMemorySession;
import net.dglb.mapping.wire.Error;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Unregister;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import org.junit.jupiter.api.Test;

/** In whose name an authority registers and removes zones. */
class GrantedEnterpriseTest {

  private static final DomainName ORIGIN = Samples.aliased(0).origin();

  private final VirtualBackbone backbone = new VirtualBackbone();
  private final ControlPlane plane = backbone.start("b1", "198.18.0.1", false);

  @Test
  void anAuthorityRegistersInTheNameOfItsEnterprise() {
    InMemorySession authority = backbone.authority(plane, of("foobar"));

    assertThat(authority.sent(Frame::hasError)).isEmpty();
    assertThat(authority.sent(Frame::hasRegistered)).hasSize(1);
    assertThat(registered()).isPresent();
  }

  @Test
  void anotherEnterprisesNameIsRefusedWithTheKeyToSet() {
    InMemorySession authority = backbone.authority(plane, of("acme"));

    assertThat(registered()).isEmpty();
    Error error = authority.sent(Frame::hasError).getFirst().getError();
    assertThat(error.getCode()).isEqualTo(ErrorCode.ERROR_NOT_PERMITTED);
    assertThat(error.getText())
        .isEqualTo(
            "zone lb.foobar.test is of enterprise acme (expected: foobar, the enterprise of"
                + " authority foobar; if it is to be acme, set"
                + " grants.authorities.foobar.enterprise = acme at every backbone node)");
    assertThat(plane.view().registry().state().audit().records())
        .as("what is left of it in the audit")
        .anySatisfy(record -> {
          assertThat(record.getActor()).isEqualTo("dglb://authority/foobar");
          assertThat(record.getAction()).isEqualTo("refused");
          assertThat(record.getSubject()).isEqualTo("lb.foobar.test");
        });
  }

  @Test
  void aChangedGrantCountsForTheNextRegistration() {
    InMemorySession authority = backbone.authority(plane, of("acme"));
    grant("acme");
    backbone.register(plane, authority, of("acme"));

    assertThat(authority.sent(Frame::hasError)).hasSize(1);
    assertThat(authority.sent(Frame::hasRegistered)).hasSize(1);
    assertThat(registered().orElseThrow().enterprise()).isEqualTo("acme");
  }

  @Test
  void anotherEnterprisesZoneIsNotRemoved() {
    InMemorySession authority = backbone.authority(plane, of("foobar"));
    grant("acme");
    unregister(authority);

    assertThat(registered()).isPresent();
    assertThat(authority.sent(Frame::hasError).getFirst().getError().getCode())
        .isEqualTo(ErrorCode.ERROR_NOT_PERMITTED);

    grant("foobar");
    unregister(authority);
    assertThat(registered()).isEmpty();
  }

  @Test
  void theEnterpriseIsConfiguredAndElseTheAuthoritysId() throws Exception {
    Grants grants =
        read("authorities { foobar { zones = [a.test] }, ns2 { zones = [], enterprise = acme } }");

    assertThat(grants.authorities())
        .isEqualTo(
            Map.of(
                "foobar", new Grants.ZoneGrant(List.of(DomainName.of("a.test")), "foobar"),
                "ns2", new Grants.ZoneGrant(List.of(), "acme")));
  }

  @Test
  void whatIsNoEnterpriseIsAProblemOfItsKey() {
    assertThatThrownBy(() -> read("authorities.foobar { zones = [], enterprise = \"Foo Bar\" }"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("authorities.foobar.enterprise: enterprise: \"Foo Bar\" (expected");
  }

  private Optional<EnterpriseZone> registered() {
    return plane.view().registry().get(ORIGIN);
  }

  private static Grants read(String text) throws ConfigException {
    ConfigSection section = ConfigFile.parse("b1.conf", text);
    Grants grants = GrantSettings.read(section);
    section.finish();
    return grants;
  }

  private static EnterpriseZone of(String enterprise) {
    EnterpriseZone zone = Samples.aliased(0);
    return new EnterpriseZone(
        enterprise, zone.origin(), zone.form(), zone.dnssec(), 0, zone.services());
  }

  private void grant(String enterprise) {
    plane.grants(
        new Grants(
            Map.of(),
            Map.of(
                "foobar",
                new Grants.ZoneGrant(List.of(DomainName.of("foobar.test")), enterprise))));
  }

  private void unregister(InMemorySession authority) {
    Frame frame =
        Frame.newBuilder()
            .setCorrelation(9)
            .setUnregister(Unregister.newBuilder().setOrigin(ORIGIN.toString()))
            .build();
    plane.reception().received(authority, frame);
    backbone.advance(VirtualBackbone.GRACE);
  }
}
