package net.dglb.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.dglb.net.Endpoint;
import net.dglb.service.RegistrationDocument;
import org.jspecify.annotations.Nullable;

/** Real nodes that are updated with nsupdate and asked with dig. */
abstract class UpdatedBackbone extends LoopbackBackbone {

  private final HttpClient http = HttpClient.newHttpClient();
  Endpoint admin = mapping;

  UpdatedBackbone(Path folder) {
    super(folder);
  }

  BackboneNode startWithAnEnterprise() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/nsupdate")), "nsupdate is not installed");
    admin = OwnEndpoint.next();
    BackboneNode node = start("node.admin = \"" + admin + "\"\n");
    await().atMost(PATIENCE).until(() -> call("GET", "/zones", null).statusCode() == 200);
    for (String enterprise : List.of("foobar", "rival")) {
      stored("POST", "/enterprises", new JsonObject().put("name", enterprise));
      JsonObject key =
          stored(
              "POST",
              "/enterprises/" + enterprise + "/keys",
              new JsonObject().put("name", "updates." + enterprise + ".test"));
      writeKey(enterprise, key.getString("file"));
    }
    return node;
  }

  void writeKey(String name, String text) throws Exception {
    Files.writeString(folder.resolve(name + ".key"), text);
    Files.setPosixFilePermissions(
        folder.resolve(name + ".key"), PosixFilePermissions.fromString("rw-------"));
  }

  void register() throws Exception {
    stored(
        "POST",
        "/zones",
        new JsonObject()
            .put("document", RegistrationDocument.render(Samples.aliased(0)))
            .put("approve", true));
  }

  String nsupdate(BackboneNode node, String key, String script) throws Exception {
    return nsupdate(node, key, folder.resolve("script"), script);
  }

  String nsupdate(BackboneNode node, String key, Path file, String script) throws Exception {
    Endpoint server = node.addresses().getFirst();
    Files.writeString(file, "server 127.0.0.1 " + server.port() + "\n" + script);
    List<String> command = new ArrayList<>(List.of("/usr/bin/nsupdate"));
    if (!key.isEmpty()) {
      command.addAll(List.of("-k", folder.resolve(key + ".key").toString()));
    }
    command.add(file.toString());
    return run(command);
  }

  String dig(BackboneNode node, String key, String name, String type, String... options)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "/usr/bin/dig",
                "@127.0.0.1",
                "-p",
                Integer.toString(node.addresses().getFirst().port()),
                name,
                type,
                "+nostats",
                "+nocmd",
                "+noall",
                "+answer"));
    if (!key.isEmpty()) {
      command.addAll(List.of("-k", folder.resolve(key + ".key").toString()));
    }
    command.addAll(List.of(options));
    return run(command);
  }

  static String run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  JsonObject stored(String method, String path, JsonObject body) throws Exception {
    HttpResponse<String> answer = call(method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  HttpResponse<String> call(String method, String path, @Nullable JsonObject body)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://" + admin + path))
            .header("content-type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body.encode()))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  void awaitText(BackboneNode node, String name, String text) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(dig(node, "", name, "TXT", "+short")).isEqualToIgnoringNewLines(text));
  }
}
