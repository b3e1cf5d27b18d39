package net.dglb.lab.run;

import java.util.concurrent.CountDownLatch;

/**
 * A program that prints its arguments and waits for a signal; with one more it does not end then.
 */
public final class Sleeper {

  private Sleeper() {}

  private static void waitForEver() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for ever. */
  public static void main(String[] arguments) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("stopped in order")));
    if (arguments.length > 1) {
      Runtime.getRuntime().addShutdownHook(new Thread(Sleeper::waitForEver));
    }
    System.out.println(String.join(" ", arguments));
    waitForEver();
  }
}
