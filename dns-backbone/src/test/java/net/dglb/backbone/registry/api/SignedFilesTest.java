package net.dglb.backbone.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import net.dglb.backbone.Samples;
import net.dglb.backbone.registry.wire.AuditRecord;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.identity.SigningKey;
import net.dglb.net.DomainName;
import net.dglb.node.AdminAnswer;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.RegistrationDocument;
import net.dglb.service.SignedRegistration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registrations that come as signed files; the folder is real, time is not. */
class SignedFilesTest {

  private static final String ZONE = "lb.foobar.test";

  private final ApiCalls calls = new ApiCalls();
  private final SignedFiles files = calls.api.signedFiles(calls.timeline);
  private final Path folder;
  private final SigningKey key;
  private final SigningKey other;
  private final String publicKey;

  SignedFilesTest(@TempDir Path folder, @TempDir Path keys) throws Exception {
    this.folder = folder;
    SigningKey.create(keys.resolve("a.key"), keys.resolve("a.pub"));
    SigningKey.create(keys.resolve("b.key"), keys.resolve("b.pub"));
    key = SigningKey.load(keys.resolve("a.key"));
    other = SigningKey.load(keys.resolve("b.key"));
    publicKey = Files.readString(keys.resolve("a.pub"));
  }

  @BeforeEach
  void watch() {
    files.watch(folder, calls.timeline, Duration.ofSeconds(1));
  }

  @Test
  void aSignedFileIsRegisteredOnceTheZoneIsProvedAndTheAuditNamesTheFile() throws Exception {
    admit();
    put("zone.conf", Samples.aliased(0), 7, key);
    pass(5);
    assertThat(problem()).contains("not proved").contains("publish _dglb-challenge." + ZONE);
    assertThat(files.problems()).isEqualTo(1);

    String record = problem();
    String text = record.substring(record.indexOf("TXT \"") + 5, record.indexOf("\" and"));
    calls.published.put(DomainName.of("_dglb-challenge." + ZONE), List.of(text));
    pass(40);
    assertThat(state()).isEqualTo("registered");
    assertThat(problem()).isEmpty();
    assertThat(calls.registry.get(DomainName.of(ZONE)).orElseThrow().version()).isEqualTo(7);
    assertThat(calls.registry.state().audit().records().getLast())
        .extracting(last -> last.getActor() + ", " + last.getSource())
        .isEqualTo("enterprise foobar, file zone.conf");

    int before = calls.log.size();
    SignedFiles elsewhere = calls.api.signedFiles(calls.timeline);
    elsewhere.watch(folder, calls.timeline, Duration.ofSeconds(1));
    pass(60);
    assertThat(calls.log.size()).as("another node loads the same file").isEqualTo(before);
    assertThat(elsewhere.problems()).isZero();
  }

  @Test
  void aNewerFileReplacesAndAnOlderOneChangesNothing() throws Exception {
    admit();
    approve();
    put("zone.conf", changed(), 9, key);
    pass(5);
    assertThat(calls.registry.get(DomainName.of(ZONE)).orElseThrow().version()).isEqualTo(9);
    put("zone.conf", Samples.aliased(0), 8, key);
    pass(5);
    assertThat(state()).isEqualTo("superseded by version 9");
    assertThat(calls.registry.get(DomainName.of(ZONE)).orElseThrow().version()).isEqualTo(9);
    Files.delete(folder.resolve("zone.conf"));
    pass(5);
    assertThat((List<?>) files.tree().get("files")).isEmpty();
    assertThat(calls.registry.get(DomainName.of(ZONE)))
        .as("a file that vanishes removes nothing")
        .isPresent();
  }

  @Test
  void brokenAndForeignFilesAreNamedWithTheirLineAndNothingElseHappens() throws Exception {
    put("zone.conf", Samples.aliased(0), 7, key);
    pass(5);
    assertThat(problem())
        .isEqualTo(
            folder
                + "/zone.conf:2: enterprise: foobar (expected: one whose key the operator"
                + " registered: dglb zone enterprise foobar --signing-key FILE)");
    admit();
    put("zone.conf", Samples.aliased(0), 7, other);
    pass(5);
    assertThat(problem())
        .isEqualTo(
            folder
                + "/zone.conf:4: signature: not made over this file by the key of enterprise"
                + " foobar");
    assertThat(calls.registry.state().audit().records().getLast())
        .returns("unknown, as enterprise foobar", AuditRecord::getActor)
        .returns("refused", AuditRecord::getAction)
        .returns("file zone.conf", AuditRecord::getSource);
    Files.writeString(
        folder.resolve("zone.conf"),
        SignedRegistration.sign("x", document(Samples.aliased(0)), 7, key)
            .replace("# version 7", "# version 8"));
    pass(5);
    assertThat(problem()).contains(":4: signature: not made over this file");
    Files.writeString(folder.resolve("zone.conf"), "registration {}\n");
    pass(5);
    assertThat(problem()).startsWith(folder + "/zone.conf:1: no signed registration");
    Files.write(folder.resolve("zone.conf"), new byte[] {(byte) 0xff, (byte) 0xfe});
    pass(5);
    assertThat(problem())
        .isEqualTo(folder + "/zone.conf: cannot be read (expected: a text in UTF-8)");
    assertThat(calls.registry.list()).isEmpty();
  }

  @Test
  void withoutAMajorityAFileWaits() throws Exception {
    admit();
    approve();
    calls.log.away = true;
    put("zone.conf", changed(), 9, key);
    pass(5);
    assertThat(state()).isEqualTo("waits");
    calls.log.away = false;
    pass(40);
    assertThat(state()).isEqualTo("registered");
  }

  @Test
  void anEnterpriseIsKnownByItsCertificateToo() {
    JsonObject wish =
        new JsonObject().put("name", "foobar").put("identity", "dglb://authority/foobar");
    assertThat(calls.call(HttpMethod.POST, "/enterprises", wish, Optional.empty()).status())
        .isEqualTo(200);
    approve();
    PeerIdentity foobar = new PeerIdentity(NodeRole.AUTHORITY, "foobar");
    AdminAnswer zones =
        calls.answer(HttpMethod.GET, "/zones", ApiCalls.request(null, Optional.of(foobar)));
    assertThat(zones.body().getJsonArray("zones")).hasSize(1);
    assertThat(
            calls
                .answer(HttpMethod.GET, "/enterprises", ApiCalls.request(null, Optional.of(foobar)))
                .status())
        .isEqualTo(403);
    AdminAnswer taken =
        calls.call(HttpMethod.POST, "/enterprises", wish.put("name", "evil"), Optional.empty());
    assertThat(taken.status()).isEqualTo(400);
    assertThat(taken.body().getString("detail")).contains("expected: one that is no other");
    AdminAnswer noKey =
        calls.call(
            HttpMethod.POST,
            "/enterprises",
            new JsonObject().put("name", "foobar").put("signing-key", "sesame"),
            Optional.empty());
    assertThat(noKey.body().getString("detail")).startsWith("not a public key (expected: in PEM");
  }

  private void admit() {
    JsonObject wish = new JsonObject().put("name", "foobar").put("signing-key", publicKey);
    AdminAnswer answer = calls.call(HttpMethod.POST, "/enterprises", wish, Optional.empty());
    assertThat(answer.status()).as(answer.body().encode()).isEqualTo(200);
  }

  private void approve() {
    JsonObject wish =
        new JsonObject().put("document", document(Samples.aliased(0))).put("approve", true);
    assertThat(calls.call(HttpMethod.POST, "/zones", wish, Optional.empty()).status())
        .isEqualTo(200);
  }

  private void put(String name, EnterpriseZone zone, long version, SigningKey by) throws Exception {
    Files.writeString(
        folder.resolve(name),
        SignedRegistration.sign(name, document(zone), version, by),
        StandardCharsets.UTF_8);
  }

  private static EnterpriseZone changed() throws Exception {
    String other = document(Samples.aliased(0)).replace("192.0.2.1", "192.0.2.77");
    return RegistrationDocument.readForeign("other", other);
  }

  private static String document(EnterpriseZone zone) {
    return RegistrationDocument.render(zone);
  }

  private void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      calls.timeline.advance(Duration.ofSeconds(1));
    }
  }

  private Map<?, ?> file() {
    List<?> all = (List<?>) Objects.requireNonNull(files.tree().get("files"));
    assertThat(all).hasSize(1);
    return (Map<?, ?>) all.getFirst();
  }

  private String state() {
    return String.valueOf(file().get("state"));
  }

  private String problem() {
    return String.valueOf(file().get("problem"));
  }
}
