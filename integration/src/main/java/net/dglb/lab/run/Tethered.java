package net.dglb.lab.run;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * A process that ends with the one that started it, however that one ends: its standard input is a
 * pipe that only the starter holds open, and the end of that pipe ends the process. The first
 * argument names the class whose main method is run with the others.
 */
public final class Tethered {

  private static final int EXIT_CUT = 3;

  private Tethered() {}

  /** Starts the watch and then the real program. */
  public static void main(String[] arguments) throws Throwable {
    watch(() -> Runtime.getRuntime().halt(EXIT_CUT));
    String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
    try {
      Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  /** Runs an action when standard input ends, on a thread of its own. */
  public static void watch(Runnable whenCut) {
    Thread.ofPlatform().daemon().name("tether").start(() -> waitForEnd(whenCut));
  }

  private static void waitForEnd(Runnable whenCut) {
    try {
      while (System.in.read() >= 0) {
        Thread.onSpinWait();
      }
    } catch (IOException e) {
      // A pipe that cannot be read is as good as closed.
    }
    whenCut.run();
  }
}
