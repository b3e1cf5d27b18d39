package net.dglb.measure.probe;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.time.Clock;
import net.dglb.net.AddressFamily;
import net.dglb.service.HealthCheck;
import net.dglb.service.ProbeTarget;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** One question over UDP from a new port, and the answer to it: NOERROR is success. */
final class DnsProbe {

  private static final int LARGEST = 65_535;

  private final ProberSettings settings;
  private final Clock clock;

  DnsProbe(ProberSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  Measurement probe(ProbeTarget target) {
    PhaseClock phases = new PhaseClock(System::nanoTime);
    Outcome outcome;
    String detail = "";
    try (DatagramSocket socket = socket(target)) {
      Message query = query(target.check());
      byte[] octets = query.toWire();
      phases.connecting();
      socket.send(new DatagramPacket(octets, octets.length));
      int rcode = answer(socket, query, target, phases);
      outcome = rcode == Rcode.NOERROR ? Outcome.SUCCESS : Outcome.BAD_RESPONSE;
      detail = rcode == Rcode.NOERROR ? "" : Rcode.string(rcode);
    } catch (PortUnreachableException e) {
      outcome = Outcome.REFUSED;
      detail = String.valueOf(e.getMessage());
    } catch (IOException e) {
      Diagnosis diagnosis = Diagnosis.of(e, target, settings, false);
      outcome = diagnosis.outcome();
      detail = diagnosis.detail();
    }
    return new Measurement(target, outcome, phases.phases(), 0, clock.instant(), detail);
  }

  private DatagramSocket socket(ProbeTarget target) throws IOException {
    InetAddress address = target.address();
    var local = settings.local(AddressFamily.of(address));
    DatagramSocket socket =
        local.isPresent()
            ? new DatagramSocket(new InetSocketAddress(local.get(), 0))
            : new DatagramSocket();
    try {
      socket.connect(new InetSocketAddress(address, target.check().port()));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static Message query(HealthCheck check) throws IOException {
    Name name = Name.fromString(check.host().endsWith(".") ? check.host() : check.host() + ".");
    Message query =
        Message.newQuery(
            Record.newRecord(name, Type.value(check.exchange().recordType()), DClass.IN));
    query.getHeader().unsetFlag(Flags.RD);
    return query;
  }

  /** Passes over what is not the answer, until the time is over. */
  private static int answer(
      DatagramSocket socket, Message query, ProbeTarget target, PhaseClock phases)
      throws IOException {
    long deadline = System.nanoTime() + target.check().timeout().toNanos();
    DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
    while (true) {
      long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
      if (leftMillis <= 0) {
        throw new SocketTimeoutException("timed out");
      }
      socket.setSoTimeout((int) leftMillis);
      socket.receive(packet);
      phases.firstByteCame();
      Message answer = read(packet);
      if (answer.getHeader().getID() == query.getHeader().getID()
          && answer.getHeader().getFlag(Flags.QR)
          && query.getQuestion().equals(answer.getQuestion())) {
        return answer.getRcode();
      }
    }
  }

  /** Something unreadable is no answer: it is passed over like one with another number. */
  private static Message read(DatagramPacket packet) {
    try {
      byte[] octets = new byte[packet.getLength()];
      System.arraycopy(packet.getData(), 0, octets, 0, octets.length);
      return new Message(octets);
    } catch (IOException | RuntimeException e) {
      return new Message(0);
    }
  }
}
