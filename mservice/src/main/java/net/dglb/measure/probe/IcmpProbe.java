package net.dglb.measure.probe;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import net.dglb.net.AddressFamily;
import net.dglb.service.ProbeTarget;

/** One echo request and the reply to it (RFC 792, RFC 4443), by an unprivileged socket of Linux. */
final class IcmpProbe {

  private static final int HEADER = 8;
  private static final int PAYLOAD = 56;

  private final ProberSettings settings;
  private final Clock clock;

  IcmpProbe(ProberSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  Measurement probe(ProbeTarget target) {
    PhaseClock phases = new PhaseClock(System::nanoTime);
    Outcome outcome = Outcome.SUCCESS;
    String detail = "";
    try {
      requireLinux();
      echo(target, phases);
    } catch (IOException e) {
      Diagnosis diagnosis = Diagnosis.of(e, target, settings, false);
      outcome = diagnosis.outcome();
      detail = diagnosis.detail();
    }
    return new Measurement(target, outcome, phases.phases(), 0, clock.instant(), detail);
  }

  private static void requireLinux() throws IOException {
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).equals("linux")) {
      throw new BindException("ICMP is probed on Linux only");
    }
  }

  private void echo(ProbeTarget target, PhaseClock phases) throws IOException {
    long deadline = System.nanoTime() + target.check().timeout().toNanos();
    boolean six = !(target.address() instanceof Inet4Address);
    byte[] payload = ByteBuffer.allocate(PAYLOAD).putLong(System.nanoTime()).array();
    var local = settings.local(AddressFamily.of(target.address()));
    try (EchoSocket socket = EchoSocket.open(target.address(), local)) {
      phases.connecting();
      socket.send(EchoSocket.request(six, payload));
      while (true) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new InterruptedIOException("timeout");
        }
        byte[] reply = socket.receive(left);
        phases.firstByteCame();
        if (isReply(reply, six, payload)) {
          return;
        }
      }
    }
  }

  private static boolean isReply(byte[] message, boolean six, byte[] payload) {
    return message.length == HEADER + payload.length
        && message[0] == (byte) (six ? 129 : 0)
        && Arrays.equals(message, HEADER, message.length, payload, 0, payload.length);
  }
}
