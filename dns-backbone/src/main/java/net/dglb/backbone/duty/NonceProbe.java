package net.dglb.backbone.duty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import net.dglb.net.DomainName;
import net.dglb.time.Timeline;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** Asks real name servers over real sockets, each query on a thread of its own. */
public final class NonceProbe implements AddressProbe, AutoCloseable {

  /** A datagram may get lost: each query is sent so often before it counts as unanswered. */
  private static final int ATTEMPTS = 2;

  private final Timeline timeline;
  private volatile Duration timeout;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** Gives each query this long. */
  public NonceProbe(Timeline timeline, Duration timeout) {
    this.timeline = timeline;
    this.timeout = timeout;
  }

  /** Gives each query that begins from now on this long. */
  public void timeout(Duration next) {
    timeout = next;
  }

  @Override
  public void ask(
      InetAddress address,
      int port,
      boolean tcp,
      DomainName name,
      String text,
      Consumer<Optional<String>> result) {
    try {
      threads.execute(() -> {
        Optional<String> problem = problem(new InetSocketAddress(address, port), tcp, name, text);
        timeline.execute(() -> result.accept(problem));
      });
    } catch (RejectedExecutionException e) {
      timeline.execute(() -> result.accept(Optional.of("this node is stopping")));
    }
  }

  private Optional<String> problem(
      InetSocketAddress server, boolean tcp, DomainName name, String text) {
    Optional<String> problem = Optional.empty();
    for (int i = 0; i < ATTEMPTS; i++) {
      problem = attempt(server, tcp, name, text);
      if (problem.isEmpty()) {
        return problem;
      }
    }
    String way = server + (tcp ? " over TCP" : " over UDP");
    return problem.map(why -> way.substring(way.indexOf('/') + 1) + ": " + why);
  }

  private Optional<String> attempt(
      InetSocketAddress server, boolean tcp, DomainName name, String text) {
    try {
      SimpleResolver resolver = new SimpleResolver(server);
      resolver.setTCP(tcp);
      resolver.setTimeout(timeout);
      Record question = Record.newRecord(Name.fromString(name + "."), Type.TXT, DClass.IN);
      List<Record> answers = resolver.send(Message.newQuery(question)).getSection(Section.ANSWER);
      boolean right =
          answers.stream()
              .anyMatch(
                  record -> record instanceof TXTRecord txt && txt.getStrings().contains(text));
      return right
          ? Optional.empty()
          : Optional.of("answered without the text (expected " + text + " at " + name + ")");
    } catch (IOException e) {
      return Optional.of("no answer: " + e.getMessage());
    }
  }

  /** Answers that are still open are given up. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
