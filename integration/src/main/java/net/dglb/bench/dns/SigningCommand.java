package net.dglb.bench.dns;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import net.dglb.command.terminal.ExitCode;
import net.dglb.command.terminal.Terminal;
import net.dglb.dns.sign.RecordSigner;
import net.dglb.dns.sign.SignatureLifetime;
import net.dglb.dns.sign.SigningAlgorithm;
import net.dglb.dns.sign.SigningKey;
import net.dglb.dns.wire.RecordType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dglb bench signing}: what a signature costs. */
@Command(
    name = "signing",
    header = "Measures what it costs to sign a record set (DNSSEC).",
    description = "CPU time of one thread for a signed set of one A record, for each algorithm.")
public final class SigningCommand implements Callable<Integer> {

  private static final byte[] ADDRESS = {(byte) 192, 0, 2, 1};
  private static final double NANOS_TO_MICROS = 1e-3;

  private final Terminal terminal;

  @Option(
      names = "--signatures",
      paramLabel = "N",
      defaultValue = "5000",
      description = "How many are made, after as many to warm up (default: ${DEFAULT-VALUE}).")
  private int signatures;

  /** Writes to this terminal. */
  public SigningCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
      SigningKey key = SigningKey.generate(algorithm, SigningKey.ENTRY_POINT);
      RecordSigner signer =
          new RecordSigner(
              BenchZones.ORIGIN,
              List.of(key),
              SignatureLifetime.DEFAULT,
              InstantSource.system(),
              new SecureRandom());
      double warmingUp = microsEach(signer);
      double micros = microsEach(signer);
      terminal
          .out()
          .printf(
              "%s: %.0f us per signature, %.0f per second (the first %d: %.0f us)%n",
              algorithm, micros, 1e6 / micros, signatures, warmingUp);
    }
    terminal.out().flush();
    return ExitCode.OK;
  }

  private double microsEach(RecordSigner signer) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    byte[] owner = BenchZones.service(0).toWire();
    long before = threads.getCurrentThreadCpuTime();
    int octets = 0;
    for (int i = 0; i < signatures; i++) {
      octets += signer.signatures(owner, RecordType.A, 60, List.of(ADDRESS)).getFirst().length;
    }
    long after = threads.getCurrentThreadCpuTime();
    if (octets < signatures) {
      throw new IllegalStateException("nothing was signed");
    }
    return (after - before) * NANOS_TO_MICROS / signatures;
  }
}
