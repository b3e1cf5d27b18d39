package net.dglb.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An admin API that takes down what it is asked and answers as it was told. */
final class AnsweringAdmin implements AutoCloseable {

  /** What it was asked, in order: {@code METHOD PATH BODY}. */
  final List<String> calls = new ArrayList<>();

  private final HttpServer server;
  private final String answer;
  private final int status;

  /** Answers every call alike. */
  AnsweringAdmin(int status, String answer) throws IOException {
    this.status = status;
    this.answer = answer;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange call) throws IOException {
    String path = call.getRequestURI().toString();
    String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    calls.add(call.getRequestMethod() + " " + path + " " + body);
    byte[] octets = answer.getBytes(StandardCharsets.UTF_8);
    call.sendResponseHeaders(status, octets.length);
    call.getResponseBody().write(octets);
    call.close();
  }

  /** Where it listens, as {@code --admin} takes it. */
  String endpoint() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Runs a command line against it. */
  CommandLineRun run(List<String> line) {
    List<String> arguments = new ArrayList<>(line);
    arguments.addAll(List.of("--admin", endpoint()));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
