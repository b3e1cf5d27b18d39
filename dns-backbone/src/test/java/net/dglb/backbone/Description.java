package net.dglb.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI description of the admin API, as a judge: compares answers with it strictly, and
 * remembers which of the described things it has met.
 */
final class Description {

  /** One described operation. */
  record Operation(String method, String path, JsonObject tree) {

    String id() {
      return tree.getString("operationId");
    }

    Set<String> statuses() {
      return tree.getJsonObject("responses").fieldNames();
    }

    /** The names of its parameters, required or not, as {@code path origin}. */
    Set<String> parameters() {
      Set<String> names = new TreeSet<>();
      for (JsonObject each : objects(tree.getJsonArray("parameters", new JsonArray()))) {
        names.add(each.getString("in") + " " + each.getString("name"));
      }
      return names;
    }

    boolean hasBody() {
      return tree.containsKey("requestBody");
    }

    boolean takesToken() {
      return tree.containsKey("security");
    }
  }

  private final JsonObject spec;
  private final List<Operation> operations = new ArrayList<>();

  /** Properties that came in some answer, by the place in the description. */
  private final Set<String> came = new TreeSet<>();

  /** {@code operation status} of every answer. */
  private final Set<String> answered = new TreeSet<>();

  Description() {
    try (InputStream in =
        Description.class.getClassLoader().getResourceAsStream("backbone-openapi.json")) {
      byte[] text = Objects.requireNonNull(in).readAllBytes();
      spec = new JsonObject(new String(text, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    JsonObject paths = spec.getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      JsonObject methods = paths.getJsonObject(path);
      for (String method : methods.fieldNames()) {
        operations.add(new Operation(method, path, methods.getJsonObject(method)));
      }
    }
  }

  List<Operation> operations() {
    return operations;
  }

  Operation operation(String id) {
    return operations.stream().filter(it -> it.id().equals(id)).findFirst().orElseThrow();
  }

  /** What the body of a call holds: all names, and those that must be there. */
  Set<String> bodyFields(Operation operation, boolean requiredOnly) {
    if (!operation.hasBody()) {
      return Set.of();
    }
    JsonObject schema = schema(operation.tree().getJsonObject("requestBody")).orElseThrow();
    return requiredOnly
        ? Set.copyOf(strings(schema.getJsonArray("required", new JsonArray())))
        : schema.getJsonObject("properties").fieldNames();
  }

  /** Compares an answer with what is described for it. */
  void judge(Operation operation, int status, @Nullable String mediaType, String body) {
    String what = operation.id() + " " + status;
    JsonObject response = operation.tree().getJsonObject("responses").getJsonObject("" + status);
    assertThat(response).as("%s is described; it came with %s", what, body).isNotNull();
    JsonObject content = resolved(response).getJsonObject("content");
    String type = String.valueOf(mediaType).replaceFirst(";.*", "");
    assertThat(content.fieldNames()).as("media types of " + what).contains(type);
    answered.add(what);
    JsonObject schema = content.getJsonObject(type).getJsonObject("schema");
    if (!type.startsWith("text/")) {
      judge(schema, new JsonObject(body), what);
    }
  }

  private void judge(JsonObject described, @Nullable Object value, String at) {
    JsonObject schema = resolved(described);
    String place = described.getString("$ref", at);
    switch (schema.getString("type")) {
      case "object" -> judgeObject(schema, value, place);
      case "array" -> {
        assertThat(value).as(place).isInstanceOf(JsonArray.class);
        for (Object each : (JsonArray) Objects.requireNonNull(value)) {
          judge(schema.getJsonObject("items"), each, place + "[]");
        }
      }
      case "string" -> judgeText(schema, value, place);
      case "integer" -> assertThat(value).as(place).isInstanceOfAny(Integer.class, Long.class);
      case "number" -> assertThat(value).as(place).isInstanceOf(Number.class);
      case "boolean" -> assertThat(value).as(place).isInstanceOf(Boolean.class);
      default -> throw new AssertionError(place + " has no type");
    }
  }

  private static void judgeText(JsonObject schema, @Nullable Object value, String place) {
    assertThat(value).as(place).isInstanceOf(String.class);
    JsonArray words = schema.getJsonArray("enum");
    if (words != null) {
      assertThat(strings(words)).as(place).contains(String.valueOf(value));
    }
    if ("date-time".equals(schema.getString("format"))) {
      assertThat(Instant.parse(String.valueOf(value))).as(place).isNotNull();
    }
  }

  private void judgeObject(JsonObject schema, @Nullable Object value, String place) {
    assertThat(value).as(place).isInstanceOf(JsonObject.class);
    JsonObject tree = (JsonObject) Objects.requireNonNull(value);
    JsonObject properties = schema.getJsonObject("properties", new JsonObject());
    if (schema.getValue("additionalProperties") instanceof JsonObject values) {
      tree.forEach(each -> judge(values, each.getValue(), place + "{}"));
      return;
    }
    if (properties.isEmpty()) {
      return;
    }
    assertThat(schema.getValue("additionalProperties")).as(place + " is closed").isEqualTo(false);
    assertThat(properties.fieldNames()).as(place + " describes all").containsAll(tree.fieldNames());
    assertThat(tree.fieldNames())
        .as(place + " has what it must")
        .containsAll(strings(schema.getJsonArray("required", new JsonArray())));
    for (String name : tree.fieldNames()) {
      came.add(place + "." + name);
      judge(properties.getJsonObject(name), tree.getValue(name), place + "." + name);
    }
  }

  /** {@code operation status} that is described and did not come, for operations of interest. */
  Set<String> unansweredOf(Set<String> ids) {
    Set<String> missing = new TreeSet<>();
    operations.stream()
        .filter(it -> ids.contains(it.id()))
        .forEach(it -> it.statuses().forEach(status -> missing.add(it.id() + " " + status)));
    missing.removeAll(answered);
    return missing;
  }

  /** Properties that are described in answers of these operations and did not come. */
  Set<String> absentOf(Set<String> ids) {
    Set<String> described = new TreeSet<>();
    for (Operation operation : operations) {
      if (ids.contains(operation.id())) {
        JsonObject responses = operation.tree().getJsonObject("responses");
        for (String status : responses.fieldNames()) {
          schema(resolved(responses.getJsonObject(status)))
              .ifPresent(it -> {
                JsonObject as = at(responses.getJsonObject(status));
                collect(as, operation.id() + " " + status, described);
              });
        }
      }
    }
    described.removeAll(came);
    return described;
  }

  private void collect(JsonObject described, String at, Set<String> into) {
    JsonObject schema = resolved(described);
    String place = described.getString("$ref", at);
    JsonObject properties = schema.getJsonObject("properties", new JsonObject());
    for (String name : properties.fieldNames()) {
      if (into.add(place + "." + name)) {
        collect(properties.getJsonObject(name), place + "." + name, into);
      }
    }
    if (schema.containsKey("items")) {
      collect(schema.getJsonObject("items"), place + "[]", into);
    }
    if (schema.getValue("additionalProperties") instanceof JsonObject values) {
      collect(values, place + "{}", into);
    }
  }

  /** The schema of a response or request as it is written, perhaps a reference. */
  private JsonObject at(JsonObject holder) {
    JsonObject content = resolved(holder).getJsonObject("content");
    return content.getJsonObject(content.fieldNames().iterator().next()).getJsonObject("schema");
  }

  private Optional<JsonObject> schema(JsonObject holder) {
    return resolved(holder).containsKey("content")
        ? Optional.of(resolved(at(holder)))
        : Optional.empty();
  }

  private JsonObject resolved(JsonObject tree) {
    String reference = tree.getString("$ref");
    if (reference == null) {
      return tree;
    }
    JsonObject found = spec;
    for (String step : reference.substring(2).split("/", -1)) {
      found = found.getJsonObject(step);
    }
    return found;
  }

  private static List<String> strings(JsonArray array) {
    return array.stream().map(String::valueOf).toList();
  }

  private static List<JsonObject> objects(JsonArray array) {
    return Stream.of(array).flatMap(JsonArray::stream).map(JsonObject.class::cast).toList();
  }
}
