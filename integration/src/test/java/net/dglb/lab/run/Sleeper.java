package net.dglb.lab.run;

import java.util.concurrent.CountDownLatch;

/** A program that prints its arguments and waits for a signal. */
public final class Sleeper {

  private Sleeper() {}

  /** Waits for ever. */
  public static void main(String[] arguments) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("stopped in order")));
    System.out.println(String.join(" ", arguments));
    new CountDownLatch(1).await();
  }
}
