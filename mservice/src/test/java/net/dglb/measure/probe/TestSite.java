package net.dglb.measure.probe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A site on a loopback address that reads one request per connection and then does as told. */
final class TestSite implements AutoCloseable {

  /** What the site does with a connection whose request it has read. */
  interface Behaviour {
    void answer(Socket socket) throws IOException, InterruptedException;
  }

  final List<InetAddress> peers = new CopyOnWriteArrayList<>();
  final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final ServerSocket listener;
  private final Behaviour behaviour;

  TestSite(ServerSocket listener, Behaviour behaviour) {
    this.listener = listener;
    this.behaviour = behaviour;
    Thread.ofVirtual().start(this::acceptAll);
  }

  static TestSite at(String address, Behaviour behaviour) throws IOException {
    return new TestSite(new ServerSocket(0, 50, InetAddress.ofLiteral(address)), behaviour);
  }

  /** Sends a text in one piece and closes. */
  static Behaviour sending(String text) {
    return socket -> send(socket, text);
  }

  static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  int port() {
    return listener.getLocalPort();
  }

  InetAddress address() {
    return listener.getInetAddress();
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      peers.add(socket.getInetAddress());
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      StringBuilder head = new StringBuilder();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        head.append(line).append('\n');
      }
      requests.add(head.toString());
      behaviour.answer(socket);
    } catch (IOException e) {
      // The prober broke the connection off, as some tests want it to.
      requests.add("broken off: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
