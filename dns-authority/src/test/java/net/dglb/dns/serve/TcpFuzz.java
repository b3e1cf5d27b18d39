package net.dglb.dns.serve;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import net.dglb.dns.wire.MessageLimits;
import net.dglb.dns.wire.Transport;

/**
 * What a fuzzer calls: the first octet says in what pieces the stream comes, the second after how
 * many writes the peer stops to read, the rest is the stream. However it is cut, the answers are
 * those of its messages one by one, and then comes the end. Run by {@code fuzz.sh tcp}; {@link
 * CorpusTest} replays what was kept.
 */
public final class TcpFuzz {

  private static final int INPUT_MAX = 100_000;

  private static final Parts PARTS =
      new Parts(
          Asked.zone(
              "example.test",
              "@ 60 SOA ns admin 1 1 1 1 60\n@ 60 NS ns\nwww 60 A 192.0.2.1\n"
                  + "big 60 TXT \"%s\"\n".formatted("x".repeat(255))));
  private static final InProcessServer ONE_BY_ONE = PARTS.server();
  private static final QueryProcessor PROCESSOR =
      new QueryProcessor(PARTS.shared(), new WorkerCounters());
  private static final ByteBuffer PACKET = ByteBuffer.allocate(MessageLimits.MESSAGE_MAX);

  private TcpFuzz() {}

  /** Sends a stream through a connection and compares. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < 2 || input.length > INPUT_MAX) {
      return;
    }
    int piece = input[0] == 0 ? input.length : input[0] & 0xff;
    byte[] stream = Arrays.copyOfRange(input, 2, input.length);
    ScriptedSocket peer = new ScriptedSocket(Asked.SOURCE.getHostAddress(), input[1] & 7);
    new TcpConnection(peer.socket(), peer.context(), PROCESSOR, PACKET, Transport.TCP).start();
    for (int at = 0; at < stream.length; at += piece) {
      int end = Math.min(stream.length, at + piece);
      peer.receive(Buffer.buffer(Arrays.copyOfRange(stream, at, end)));
    }
    peer.receive(Buffer.buffer()); // it sends no more
    peer.readAll();
    if (!peer.isEnded()) {
      throw new AssertionError("the connection goes on without its client");
    }
    byte[] expected = expected(stream);
    if (!Arrays.equals(expected, peer.written())) {
      HexFormat hex = HexFormat.of();
      throw new AssertionError(
          "answers "
              + hex.formatHex(peer.written())
              + " (expected "
              + hex.formatHex(expected)
              + ")");
    }
  }

  /** The answers up to the first message that deserves none, which ends the connection. */
  private static byte[] expected(byte[] stream) {
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    int at = 0;
    while (at + 2 <= stream.length) {
      int end = at + 2 + ((stream[at] & 0xff) << 8 | (stream[at + 1] & 0xff));
      if (end > stream.length) {
        break;
      }
      byte[] query = Arrays.copyOfRange(stream, at + 2, end);
      byte[] answer = ONE_BY_ONE.ask(query, Asked.SOURCE, Transport.TCP);
      if (answer.length == 0) {
        break;
      }
      answers.write(answer.length >>> 8);
      answers.write(answer.length);
      answers.writeBytes(answer);
      at = end;
    }
    return answers.toByteArray();
  }
}
