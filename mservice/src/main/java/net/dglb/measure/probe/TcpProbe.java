package net.dglb.measure.probe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Clock;
import net.dglb.net.AddressFamily;
import net.dglb.service.ProbeTarget;

/** Connects and closes. */
final class TcpProbe {

  private final ProberSettings settings;
  private final Clock clock;

  TcpProbe(ProberSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  Measurement probe(ProbeTarget target) {
    PhaseClock phases = new PhaseClock(System::nanoTime);
    LocalSockets sockets = new LocalSockets(settings.local(AddressFamily.of(target.address())));
    try (Socket socket = sockets.createSocket()) {
      phases.connecting();
      socket.connect(
          new InetSocketAddress(target.address(), target.check().port()),
          Math.toIntExact(target.check().timeout().toMillis()));
      phases.connectionStands();
      return new Measurement(target, Outcome.SUCCESS, phases.phases(), 0, clock.instant(), "");
    } catch (IOException e) {
      Diagnosis diagnosis = Diagnosis.of(e, target, settings, phases.isConnected());
      return new Measurement(
          target, diagnosis.outcome(), phases.phases(), 0, clock.instant(), diagnosis.detail());
    }
  }
}
