package net.dglb.lab.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import net.dglb.authority.AuthoritySettings;
import net.dglb.backbone.BackboneSettings;
import net.dglb.backbone.index.FallbackFiles;
import net.dglb.config.ConfigException;
import net.dglb.dns.zone.ZoneFile;
import net.dglb.identity.NodeRole;
import net.dglb.lab.plan.LabOptions;
import net.dglb.lab.plan.LabPlan;
import net.dglb.lb.LoadBalancerSettings;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.RegistrationDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabFilesTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void writesConfigurationsThatEveryNodeAccepts(boolean ipv6) throws Exception {
    LabPlan plan = plan(10, ipv6);
    LabDirectory directory = new LabDirectory(folder.resolve("lab"));

    LabFiles.write(plan, directory);

    for (LabPlan.Node node : plan.nodes()) {
      assertThatCode(() -> load(node, directory.config(node.id())))
          .as("configuration of %s", node.id())
          .doesNotThrowAnyException();
    }
    for (LabPlan.ServicePlan service : plan.services()) {
      EnterpriseZone zone =
          RegistrationDocument.load(directory.registration(service.zone().toString()));
      assertThat(zone.form()).isEqualTo(service.form());
      assertThat(zone.service(service.name()).orElseThrow().sites()).hasSize(10);
    }
  }

  @Test
  void writesWhereTheResolversOfEveryCityStand() throws Exception {
    LabDirectory directory = new LabDirectory(folder.resolve("lab"));
    LabPlan plan = plan(3, true);
    LabFiles.write(plan, directory);

    assertThat(FallbackFiles.locations(directory.locations()).size())
        .isEqualTo(2 * plan.roundTrips().cities().size());
  }

  private static void load(LabPlan.Node node, Path config) throws ConfigException {
    switch (node.role()) {
      case AUTHORITY -> AuthoritySettings.FORM.load(config);
      case BACKBONE -> BackboneSettings.FORM.load(config);
      case LOAD_BALANCER -> LoadBalancerSettings.FORM.load(config);
      case MEASUREMENT_SERVICE -> throw new AssertionError("not a part of the lab");
    }
  }

  @Test
  void writesZonesThatTheEngineServes() throws Exception {
    LabDirectory directory = new LabDirectory(folder.resolve("lab"));
    LabFiles.write(plan(3, true), directory);

    assertThat(ZoneFile.load(directory.zone("root"), DomainName.ROOT).apex())
        .isEqualTo(DomainName.ROOT);
    for (String zone : new String[] {"test", "foobar.test"}) {
      DomainName origin = DomainName.of(zone);
      assertThat(ZoneFile.load(directory.zone(zone), origin).apex()).isEqualTo(origin);
    }
  }

  @Test
  void theInfrastructureZoneIsMadeSecureInTheZoneAboveIt() throws Exception {
    LabDirectory directory = new LabDirectory(folder.resolve("lab"));
    LabPlan plan = plan(1, false, true);
    LabFiles.write(plan, directory);
    String before = Files.readString(directory.zone("test"));
    assertThat(before).doesNotContain(LabPlan.INFRASTRUCTURE + ". DS");

    String data = "4711 13 2 " + "AB".repeat(32);
    new LabFiles(plan, directory).secureInfrastructure(data);

    assertThat(directory.zone("test"))
        .content()
        .isEqualTo(before + LabPlan.INFRASTRUCTURE + ". DS " + data + "\n");
    ZoneFile.load(directory.zone("test"), DomainName.of("test"));
  }

  @Test
  void aSignedLabHasTheDsRecordOfEachZoneAboveItAndKeepsItsKeys() throws Exception {
    LabDirectory directory = new LabDirectory(folder.resolve("lab"));
    LabPlan plan = plan(1, false, true);
    LabFiles.write(plan, directory);
    LabKeys keys = new LabKeys(directory);
    String anchor = keys.ds("root", DomainName.ROOT);

    LabFiles.write(plan, directory);

    assertThat(keys.ds("root", DomainName.ROOT)).isEqualTo(anchor).startsWith(". DS ");
    assertThat(directory.zone("root")).content().contains(keys.ds("root", DomainName.of("test")));
    assertThat(directory.zone("test"))
        .content()
        .contains(keys.ds(plan.nodes(NodeRole.AUTHORITY).getLast().id(), LabPlan.ENTERPRISE));
    for (LabPlan.Node node : plan.nodes()) {
      load(node, directory.config(node.id()));
    }
  }

  @Test
  void keepsIdentitiesAndTheMapKeyOfAKeptLab() throws Exception {
    LabDirectory directory = new LabDirectory(folder.resolve("lab"));
    LabFiles.write(plan(1, false), directory);
    String key = Files.readString(directory.mapKey());
    String certificate = Files.readString(directory.pki().resolve("backbone-b1.pem"));

    LabFiles.write(plan(2, false), directory);

    assertThat(directory.mapKey()).hasContent(key.strip());
    assertThat(Files.readString(directory.pki().resolve("backbone-b1.pem"))).isEqualTo(certificate);
    assertThat(directory.pki().resolve("lb-lb-madrid.pem")).exists();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pki/authority-key.pem gone: authority.pem exists already",
        "pki/authority.pem gone: authority.pem: certificate cannot be read: no such file",
        "pki/authority.pem damaged: authority.pem: not a certificate",
        "pki/backbone-b1.pem damaged: backbone-b1.pem: not a certificate",
        "pki/backbone-b1-key.pem gone: backbone-b1-key.pem: private key cannot be read",
        "map.key damaged: map.key: ",
        "state/root/keys/root.keys damaged: root.keys: keys: damaged",
        "zones gone, a file instead: zones: no folder"
      })
  void saysWhatIsDamagedOfALabThatIsToBeGoneOnWith(String damage) throws Exception {
    LabDirectory directory = new LabDirectory(folder.resolve("lab"));
    LabPlan plan = plan(1, false, true);
    LabFiles.write(plan, directory);
    Path file = directory.root().resolve(damage.split(" ", 2)[0]);
    if (damage.contains(" damaged: ")) {
      Files.writeString(file, "");
    } else if (damage.contains(" instead: ")) {
      Files.move(file, folder.resolve("away"));
      Files.writeString(file, "");
    } else {
      Files.delete(file);
    }

    assertThatThrownBy(() -> LabFiles.writeAgain(plan, directory))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(directory.root() + " cannot be gone on with: ")
        .hasMessageContaining(damage.split(": ", 2)[1])
        .hasMessageEndingWith("without --keep a new one is made)");
  }

  @Test
  void neverTouchesAFolderThatIsNotALabs() throws Exception {
    Files.writeString(folder.resolve("thesis.txt"), "years of work");
    LabDirectory directory = new LabDirectory(folder);

    assertThatThrownBy(directory::claim)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not empty and not a lab's");
    assertThat(folder.toFile().list()).containsExactly("thesis.txt");
  }

  @Test
  void clearsAnEarlierLab() throws Exception {
    LabDirectory directory = new LabDirectory(folder.resolve("lab"));
    try (Closeable _ = directory.claim()) {
      LabFiles.write(plan(1, false), directory);
    }

    try (Closeable _ = directory.claim()) {
      directory.clear();

      assertThat(directory.root().toFile().list()).containsExactly(".dglb-lab");
    }
  }

  @Test
  void aSecondLabInTheSameFolderIsRefusedFromTheFirstMomentOn() throws Exception {
    LabDirectory directory = new LabDirectory(folder.resolve("lab"));
    try (Closeable _ = directory.claim()) {
      assertThatThrownBy(directory::claim)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("lab: another lab starts or runs there (expected: a folder of its");
    }
    directory.claim().close();
  }

  private static LabPlan plan(int loadBalancers, boolean ipv6) {
    return plan(loadBalancers, ipv6, false);
  }

  private static LabPlan plan(int loadBalancers, boolean ipv6, boolean dnssec) {
    return LabPlan.of(
        new LabOptions(
            loadBalancers,
            10,
            ipv6,
            5300,
            8080,
            Duration.ofSeconds(2),
            Duration.ofHours(1),
            Duration.ofMinutes(5),
            dnssec));
  }
}
