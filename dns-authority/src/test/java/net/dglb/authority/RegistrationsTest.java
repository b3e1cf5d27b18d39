package net.dglb.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.dglb.mapping.convert.ZoneDelegation;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistrationsTest {

  private static final DomainName LB = DomainName.of("lb.foobar.test");
  private static final DomainName CDN = DomainName.of("cdn.foobar.test");

  @TempDir private Path folder;

  private final Map<String, byte[]> keptZones = new HashMap<>();
  private final Map<String, byte[]> keptDelegations = new HashMap<>();
  private Registrations registrations = new Registrations(keptZones, keptDelegations);

  @Test
  void aZoneWhoseDocumentIsNoLongerListedLeavesAndStaysPublishedTillThatIsAcknowledged()
      throws IOException {
    registrations.use(List.of(document("lb", LB), document("cdn", CDN)));
    delegateBoth();

    registrations.use(List.of(folder.resolve("cdn")));
    assertThat(registrations.zones()).extracting(EnterpriseZone::origin).containsExactly(CDN);
    assertThat(registrations.leaving()).containsExactly(LB);
    assertThat(published()).containsExactlyInAnyOrder(CDN, LB);

    assertThat(registrations.removed(LB)).isTrue();
    assertThat(registrations.leaving()).isEmpty();
    assertThat(published()).containsExactly(CDN);
    assertThat(keptDelegations).doesNotContainKey(LB.toString());
    assertThat(registrations.removed(LB)).as("a second acknowledgement").isFalse();
  }

  @Test
  void aRestartForgetsNoRemoval() throws IOException {
    registrations.use(List.of(document("lb", LB), document("cdn", CDN)));
    delegateBoth();

    registrations = new Registrations(keptZones, keptDelegations);
    registrations.use(List.of(folder.resolve("cdn")));

    assertThat(registrations.leaving()).containsExactly(LB);
    assertThat(published()).containsExactlyInAnyOrder(CDN, LB);
  }

  @Test
  void aZoneThatMovedToAnotherDocumentStays() throws IOException {
    registrations.use(List.of(document("lb", LB)));

    registrations.use(List.of(document("renamed", LB)));

    assertThat(registrations.leaving()).isEmpty();
    registrations.use(List.of());
    assertThat(registrations.leaving()).containsExactly(LB);
  }

  @Test
  void aZoneThatIsListedAgainBeforeItLeftStays() throws IOException {
    registrations.use(List.of(document("lb", LB)));
    registrations.use(List.of());

    registrations.use(List.of(folder.resolve("lb")));

    assertThat(registrations.leaving()).isEmpty();
    assertThat(registrations.removed(LB)).isFalse();
    assertThat(registrations.zones()).extracting(EnterpriseZone::origin).containsExactly(LB);
  }

  @Test
  void nothingLeavesWhileAListedDocumentIsBrokenAndWasNeverGood() throws IOException {
    registrations.use(List.of(document("lb", LB)));
    delegateBoth();
    Path broken = Files.writeString(folder.resolve("renamed"), "registration {");

    registrations.use(List.of(broken));
    assertThat(registrations.leaving()).as("it may be meant to stand in %s", broken).isEmpty();
    assertThat(published()).containsExactly(LB);

    document("renamed", CDN);
    assertThat(registrations.read(broken)).isTrue();
    assertThat(registrations.leaving()).containsExactly(LB);
  }

  @Test
  void aBrokenOrMissingDocumentKeepsItsZone() throws IOException {
    Path file = document("lb", LB);
    registrations.use(List.of(file));
    Files.writeString(file, "registration {");
    registrations.use(List.of(file));
    assertThat(registrations.problems().toString()).contains("lb:");
    Files.delete(file);
    registrations.use(List.of(file));

    assertThat(registrations.leaving()).isEmpty();
    assertThat(registrations.zones()).extracting(EnterpriseZone::origin).containsExactly(LB);
  }

  @Test
  void aDocumentThatSuddenlyHoldsAnotherZoneIsRefusedAlsoAfterARestart() throws IOException {
    Path file = document("lb", LB);
    registrations.use(List.of(file));
    document("lb", CDN);

    assertThat(registrations.read(file)).isFalse();
    registrations = new Registrations(keptZones, keptDelegations);
    registrations.use(List.of(file));

    assertThat(registrations.zones()).extracting(EnterpriseZone::origin).containsExactly(LB);
    assertThat(registrations.leaving()).isEmpty();
    assertThat(registrations.problems().toString())
        .contains("value: cdn.foobar.test (expected: lb.foobar.test");
  }

  private List<DomainName> published() {
    return registrations.additions().stream().map(ZoneAddition::cut).toList();
  }

  private void delegateBoth() {
    for (DomainName origin : List.of(LB, CDN)) {
      registrations.delegated(
          new ZoneDelegation(
              origin,
              List.of(
                  new ZoneDelegation.NameServer(
                      DomainName.of("b1.dglb.test"), List.of(InetAddress.ofLiteral("192.0.2.1")))),
              Duration.ofDays(1),
              List.of()));
    }
  }

  private Path document(String name, DomainName origin) throws IOException {
    return Files.writeString(
        folder.resolve(name),
        """
        registration {
          version = 1, enterprise = foobar, zone = %s, form = aliased
          services { "www.%s" {
            mode = answer
            check { kind = http, port = 80, path = "/" }
            sites { only { addresses = ["192.0.2.1"] } }
          } }
        }
        """
            .formatted(origin, origin));
  }
}
