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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.dglb.net.Endpoint;
import net.dglb.service.RegistrationDocument;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

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

  /** The response code, code and text that an update of whoever speaks EDNS is answered with. */
  String toldWhy(BackboneNode node, String key, String name, String type, String data)
      throws Exception {
    Update update = new Update(Name.fromString("lb.foobar.test."));
    update.add(Name.fromString(name + "."), Type.value(type), 60, data);
    SimpleResolver resolver = new SimpleResolver(node.addresses().getFirst().toSocketAddress());
    resolver.setTCP(true);
    resolver.setTimeout(PATIENCE);
    if (!key.isEmpty()) {
      String[] parts = knotKey(key).split(":", 3);
      resolver.setTSIGKey(new TSIG(parts[0], parts[1], parts[2]));
    }
    Message answer = resolver.send(update);
    return Rcode.string(answer.getRcode())
        + answer.getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).stream()
            .map(ExtendedErrorCodeOption.class::cast)
            .map(error -> " " + error.getErrorCode() + " " + error.getText())
            .collect(Collectors.joining());
  }

  /** The key file, which is as BIND's tools read it, as algorithm:name:secret. */
  String knotKey(String name) throws Exception {
    String text = Files.readString(folder.resolve(name + ".key"));
    Matcher key =
        Pattern.compile(
                "key \"([^\"]+)\".*algorithm \"?([a-z0-9-]+)\"?;.*secret \"([^\"]+)\"",
                Pattern.DOTALL)
            .matcher(text);
    assertThat(key.find()).as(text).isTrue();
    return key.group(2) + ":" + key.group(1) + ":" + key.group(3);
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
