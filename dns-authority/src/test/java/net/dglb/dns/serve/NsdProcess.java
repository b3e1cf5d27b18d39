package net.dglb.dns.serve;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import net.dglb.authority.OwnEndpoint;
import net.dglb.net.Endpoint;
import org.xbill.DNS.Message;

/** NSD with one zone on a free loopback port: an independent opinion on every answer. */
final class NsdProcess implements AutoCloseable {

  private static final Path NSD = Path.of("/usr/sbin/nsd");
  private static final int ATTEMPT_MILLIS = 500;
  private static final int ATTEMPTS = 10;

  private final Process process;
  private final DatagramSocket socket;

  private NsdProcess(Process process, DatagramSocket socket) {
    this.process = process;
    this.socket = socket;
  }

  static boolean isInstalled() {
    return Files.isExecutable(NSD);
  }

  /** Starts it and waits until it answers. */
  static NsdProcess start(Path folder, String apex, String zone) throws IOException {
    NsdProcess nsd = launch(folder, apex, zone);
    if (nsd.comesUp(apex)) {
      return nsd;
    }
    nsd.close();
    throw new IOException("NSD does not start: " + Files.readString(folder.resolve("nsd.log")));
  }

  private boolean comesUp(String apex) {
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(Duration.ofSeconds(20))
        .ignoreException(UncheckedIOException.class)
        .until(() -> !process.isAlive() || ask(Asked.query(apex, "SOA")).getRcode() == 0);
    return process.isAlive();
  }

  private static NsdProcess launch(Path folder, String apex, String zone) throws IOException {
    Endpoint listen = OwnEndpoint.next();
    Files.writeString(folder.resolve("test.zone"), zone);
    Path config =
        Files.writeString(
            folder.resolve("nsd.conf"),
            """
            server:
              ip-address: %s@%d
              server-count: 1
              username: ""
              chroot: ""
              zonesdir: "%s"
              database: ""
              zonelistfile: "%3$s/zone.list"
              xfrdfile: "%3$s/xfrd.state"
              pidfile: "%3$s/nsd.pid"
              minimal-responses: yes
              round-robin: no
              rrl-ratelimit: 0
              rrl-whitelist-ratelimit: 0
            remote-control:
              control-enable: no
            zone:
              name: "%s"
              zonefile: "test.zone"
            """
                .formatted(listen.address().getHostAddress(), listen.port(), folder, apex));
    Process process =
        new ProcessBuilder(NSD.toString(), "-d", "-c", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("nsd.log").toFile())
            .start();
    DatagramSocket socket = new DatagramSocket();
    socket.connect(listen.toSocketAddress());
    socket.setSoTimeout(ATTEMPT_MILLIS);
    return new NsdProcess(process, socket);
  }

  Message ask(Message query) {
    byte[] wire = query.toWire();
    SocketTimeoutException lost = null;
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        socket.send(new DatagramPacket(wire, wire.length));
        try {
          return receive(query.getHeader().getID());
        } catch (SocketTimeoutException e) {
          lost = e; // UDP may lose it: ask again
        }
      }
      throw new IOException("no answer from NSD to " + query.getQuestion(), lost);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for an answer; late ones to questions that were asked twice are passed over. */
  private Message receive(int id) throws IOException {
    while (true) {
      DatagramPacket answer = new DatagramPacket(new byte[65_535], 65_535);
      socket.receive(answer);
      Message message = new Message(Arrays.copyOf(answer.getData(), answer.getLength()));
      if (message.getHeader().getID() == id) {
        return message;
      }
    }
  }

  @Override
  public void close() {
    socket.close();
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
