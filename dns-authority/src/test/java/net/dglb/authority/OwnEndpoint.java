package net.dglb.authority;

import java.util.concurrent.atomic.AtomicInteger;
import net.dglb.net.AddressLiteral;
import net.dglb.net.Endpoint;

/**
 * Endpoints that nobody else on this machine has, for what has to be known before it listens: a
 * free port of 127.0.0.1 may be taken by somebody else before it is used.
 */
public final class OwnEndpoint {

  /** None that the system gives to whoever connects. */
  private static final int PORT = 5801;

  private static final int FIRST_PORT = 10_000;
  private static final int PORTS = 20_000;
  private static final int FIRST = 100;
  private static final int COUNT = 150;
  private static final AtomicInteger GIVEN = new AtomicInteger();

  private OwnEndpoint() {}

  /**
   * At 127.0.0.1, for a program that listens only at what an interface lists: a port that the
   * system gives to nobody, another one at each call and in each process.
   */
  public static Endpoint ofInterface() {
    long number = ProcessHandle.current().pid() * COUNT + GIVEN.getAndIncrement() % COUNT;
    return new Endpoint(AddressLiteral.parse("127.0.0.1"), FIRST_PORT + (int) (number % PORTS));
  }

  /** At 127, a number in turn, and two numbers from the id of this process. */
  public static Endpoint next() {
    long process = ProcessHandle.current().pid();
    String address =
        "127.%d.%d.%d"
            .formatted(
                FIRST + GIVEN.getAndIncrement() % COUNT,
                process >> Byte.SIZE & 0xff,
                process & 0xff);
    return new Endpoint(AddressLiteral.parse(address), PORT);
  }
}
