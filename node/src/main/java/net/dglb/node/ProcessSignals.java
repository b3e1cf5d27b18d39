package net.dglb.node;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signals of the operating system. The JDK supports them in its module {@code jdk.unsupported}
 * only, which javac always warns about: hence the reflection.
 */
final class ProcessSignals implements Signals {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessSignals.class);

  @Override
  public void on(String signal, Runnable action) {
    try {
      Class<?> type = Class.forName("sun.misc.Signal");
      Class<?> receiver = Class.forName("sun.misc.SignalHandler");
      Object target =
          Proxy.newProxyInstance(
              receiver.getClassLoader(), new Class<?>[] {receiver}, call(action));
      Object named = type.getConstructor(String.class).newInstance(signal);
      type.getMethod("handle", type, receiver).invoke(null, named, target);
    } catch (ReflectiveOperationException e) {
      LOG.info("signal {} is not available here: {}", signal, String.valueOf(e.getCause()));
    }
  }

  private static InvocationHandler call(Runnable action) {
    return (proxy, method, arguments) -> {
      if (method.getName().equals("handle")) {
        action.run();
        return null;
      }
      return method.invoke(action, arguments); // equals, hashCode and toString
    };
  }
}
