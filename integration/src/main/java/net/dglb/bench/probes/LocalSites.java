package net.dglb.bench.probes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import net.dglb.net.AddressLiteral;

/** One HTTP server that stands for the sites at all addresses of 127.0.0.0/8. */
final class LocalSites implements AutoCloseable {

  private static final byte[] OK =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
          .getBytes(StandardCharsets.US_ASCII);
  private static final int BACKLOG = 4_096;
  private static final int TIMEOUT_MILLIS = 10_000;

  private final ServerSocket listener = new ServerSocket();

  /**
   * Listens at once.
   *
   * @param port 0 for any that is free
   */
  LocalSites(int port) throws IOException {
    listener.bind(new InetSocketAddress(AddressLiteral.parse("0.0.0.0"), port), BACKLOG);
    Thread.ofVirtual().start(this::accept);
  }

  /** The sites alone, until the process is ended: {@code integration/bench/probes.sh}. */
  static void main(String[] arguments) throws IOException, InterruptedException {
    try (LocalSites sites = new LocalSites(Integer.parseInt(arguments[0]))) {
      System.out.println("sites at port " + sites.port());
      new CountDownLatch(1).await();
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  /** The address of a site: 127.64.0.1 and up. */
  static InetAddress address(int site) {
    int number = site + 1;
    return AddressLiteral.parse(
        "127." + (64 + (number >> 16)) + "." + ((number >> 8) & 0xff) + "." + (number & 0xff));
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void serve(Socket socket) {
    try (socket) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      byte[] head = new byte[4_096];
      int length = 0;
      while (length < head.length && !endsHead(head, length)) {
        int read = socket.getInputStream().read(head, length, head.length - length);
        if (read < 0) {
          return;
        }
        length += read;
      }
      socket.getOutputStream().write(OK);
    } catch (IOException e) {
      // The prober counts what it did not get.
    }
  }

  private static boolean endsHead(byte[] head, int length) {
    return length >= 4
        && head[length - 2] == '\r'
        && head[length - 1] == '\n'
        && head[length - 4] == '\r'
        && head[length - 3] == '\n';
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
