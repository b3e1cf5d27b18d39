package net.dglb.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The command's side of changing who decides; the node's side is a script. */
class RegistryCommandTest {

  private final HttpServer server;
  private final List<String> calls = new ArrayList<>();
  private int status = 200;
  private String answer =
      """
      {"members": [
        {"id": "b1", "endpoint": "192.0.2.1:5801", "leader": true, "confirmed": 12},
        {"id": "b2", "endpoint": "192.0.2.2:5801", "leader": false, "confirmed": 11}],
       "problem": ""}
      """;

  RegistryCommandTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        call -> {
          String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          calls.add(call.getRequestMethod() + " " + call.getRequestURI() + " " + body);
          byte[] octets = answer.getBytes(StandardCharsets.UTF_8);
          call.sendResponseHeaders(status, octets.length);
          call.getResponseBody().write(octets);
          call.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void showsWhoDecides() {
    CommandLineRun run = registry("members");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            "b1               192.0.2.1:5801           confirmed 12, leads",
            "b2               192.0.2.2:5801           confirmed 11");
  }

  @Test
  void addsAndRemoves() {
    assertThat(registry("add", "b2", "192.0.2.2:5801").exitCode()).isZero();
    assertThat(registry("remove", "b1").exitCode()).isZero();
    assertThat(calls)
        .containsExactly(
            "POST /registry/members {\"id\":\"b2\",\"endpoint\":\"192.0.2.2:5801\"}",
            "DELETE /registry/members/b1 ");
  }

  @Test
  void anAddressWithoutAPortIsAWrongCommandLineAndAMinorityEndsWithThree() {
    assertThat(registry("add", "b2", "192.0.2.2").exitCode()).isEqualTo(2);
    status = 503;
    answer = "{\"detail\": \"not confirmed\"}";
    CommandLineRun run = registry("remove", "b1");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).isEqualTo("dglb: not confirmed\n");
  }

  private CommandLineRun registry(String... arguments) {
    List<String> all = new ArrayList<>(List.of("registry"));
    all.addAll(Arrays.asList(arguments));
    all.addAll(List.of("--admin", "127.0.0.1:" + server.getAddress().getPort()));
    return CommandLineRun.of(all.toArray(String[]::new));
  }
}
