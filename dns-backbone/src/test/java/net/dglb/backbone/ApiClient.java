package net.dglb.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import net.dglb.backbone.Description.Operation;
import net.dglb.net.Endpoint;

/** Calls the operations of the admin API over HTTP, and has every answer judged. */
final class ApiClient implements AutoCloseable {

  /** What came. */
  record Reply(int status, JsonObject tree) {}

  /** A call as it usually is; what differs is changed with the methods. */
  final class Call {

    private final Operation operation;
    private final Map<String, String> path = new HashMap<>(PATH);
    private String query = "";
    private String mediaType = "application/json";
    private String token = "";
    private String body;

    private Call(Operation operation) {
      this.operation = operation;
      body = operation.method().equals("get") ? "" : "{}";
      path.put("name", operation.id().equals("explain") ? "www.lb.foobar.test" : "foobar");
      if (operation.id().equals("explain")) {
        query = "?resolver=10.0.0.1";
      }
    }

    Call path(String name, String value) {
      path.put(name, value);
      return this;
    }

    Call query(String text) {
      query = text;
      return this;
    }

    Call mediaType(String type) {
      mediaType = type;
      return this;
    }

    Call token(String shown) {
      token = shown;
      return this;
    }

    Call body(JsonObject tree) {
      body = tree.encode();
      return this;
    }

    Call body(String text) {
      body = text;
      return this;
    }

    private String uri() {
      String uri = operation.path();
      for (Map.Entry<String, String> each : path.entrySet()) {
        uri = uri.replace("{" + each.getKey() + "}", each.getValue());
      }
      return uri + query;
    }

    CompletableFuture<Reply> send() {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://" + endpoint + uri()))
              .method(
                  operation.method().toUpperCase(Locale.ROOT),
                  body.isEmpty()
                      ? HttpRequest.BodyPublishers.noBody()
                      : HttpRequest.BodyPublishers.ofString(body))
              .header("content-type", mediaType);
      if (!token.isEmpty()) {
        request.header("authorization", "Bearer " + token);
      }
      return client
          .sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
          .thenApply(answer -> {
            String type = answer.headers().firstValue("content-type").orElse("none");
            description.judge(operation, answer.statusCode(), type, answer.body());
            return new Reply(
                answer.statusCode(),
                answer.body().startsWith("{") ? new JsonObject(answer.body()) : new JsonObject());
          });
    }

    /** The status for a call that names another host, as a page of another site would. */
    int statusFor(String host) throws IOException {
      try (Socket socket = new Socket(endpoint.address(), endpoint.port())) {
        socket.setSoTimeout(30_000);
        String text =
            "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                .formatted(operation.method().toUpperCase(Locale.ROOT), uri(), host);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        String[] parts =
            new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .split("\r\n\r\n", 2);
        int status = Integer.parseInt(parts[0].split(" ", 3)[1]);
        description.judge(operation, status, "application/problem+json", parts[1]);
        return status;
      }
    }

    JsonObject expect(int status) {
      Reply reply = await(send());
      assertThat(reply.status()).as(operation.id() + ": " + reply.tree()).isEqualTo(status);
      return reply.tree();
    }
  }

  private static final Map<String, String> PATH =
      Map.of(
          "origin", "lb.foobar.test", "zone", "lb.foobar.test", "key", "k.foobar.test", "id", "b9");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Description description;
  private final Endpoint endpoint;

  ApiClient(Description description, Endpoint endpoint) {
    this.description = description;
    this.endpoint = endpoint;
  }

  Call call(String operation) {
    return new Call(description.operation(operation));
  }

  Call call(Operation operation) {
    return new Call(operation);
  }

  @Override
  public void close() {
    client.close();
  }

  static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
