package net.dglb.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import net.dglb.identity.SigningKey;
import net.dglb.mapping.wire.Frame;
import net.dglb.net.Endpoint;
import net.dglb.service.RegistrationDocument;
import net.dglb.service.SignedRegistration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What whole nodes say of themselves is what the OpenAPI description tells, both ways. */
class DescribedStatusTest extends LoopbackBackbone {

  private final Description description = new Description();

  DescribedStatusTest(@TempDir Path folder) {
    super(folder);
  }

  @Test
  void theStatusOfWholeNodesIsAsDescribedAndEverythingDescribedComes() throws Exception {
    Endpoint grid1 = OwnEndpoint.next();
    Endpoint grid2 = OwnEndpoint.next();
    Path signed = Files.createDirectory(folder.resolve("signed"));
    SigningKey.create(folder.resolve("a.key"), folder.resolve("a.pub"));
    SigningKey key = SigningKey.load(folder.resolve("a.key"));
    Files.writeString(
        signed.resolve("zone.conf"),
        SignedRegistration.sign(
            "zone.conf", RegistrationDocument.render(Samples.delegated(0)), 7, key));
    BackboneNode first =
        start("b1", mapping, clustered(grid1, grid2) + "registry.signed-files = signed\n");
    start("b2", OwnEndpoint.next(), clustered(grid2, grid1));
    FakeAuthority authority = authority("foobar", Samples.aliased(1));
    await().atMost(PATIENCE).until(() -> authority.has(Frame::hasRegistered));
    loadBalancer("lb-nyc", "127.0.0.0/8");
    awaitAnswer(first, "3600 lb-nyc.www.lb.foobar.test.");
    authority.register(Samples.shortLived(2, "www.lb.foobar.test"));

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          JsonObject status = first.status().toJson();
          description.judge(
              description.operation("status"), 200, "application/json", status.encode());
          assertThat(description.absentOf(Set.of("status")))
              .as("described fields that never came")
              .filteredOn(it -> it.contains("/Status."))
              .isEmpty();
        });
  }
}
