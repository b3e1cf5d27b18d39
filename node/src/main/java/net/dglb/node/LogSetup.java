package net.dglb.node;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * How everything logs: one line per event to standard error. {@code DGLB_LOG=json} gives JSON
 * lines; {@code -Ddglb.log.level=DEBUG} says more until the node's configuration is read. In code,
 * since reading XML takes a quarter of a second of every start; a file that {@code
 * -Dlogback.configurationFile} names stands above it.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {

  private static final String FORMAT = "DGLB_LOG";
  private static final String LEVEL = "dglb.log.level";

  /** What others say at less than these levels matters to nobody here. */
  private static final Map<String, Level> OTHERS =
      Map.of(
          "io.netty", Level.WARN,
          "io.netty.util.internal.MacAddressUtil", Level.ERROR, // a missing network card
          "io.vertx", Level.WARN,
          "com.hazelcast", Level.WARN,
          "com.hazelcast.instance.impl.HazelcastInstanceFactory", Level.ERROR, // Java's internals
          "org.apache.ratis", Level.ERROR);

  /** Made by Logback. */
  public LogSetup() {}

  @Override
  public ExecutionStatus configure(LoggerContext logging) {
    if (System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY) != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    LogLayout layout = new LogLayout();
    layout.setContext(logging);
    layout.setFormat(setting(FORMAT).orElse("text"));
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(logging);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setLayout(layout);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(logging);
    appender.setName("stderr");
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    OTHERS.forEach((name, level) -> logging.getLogger(name).setLevel(level));
    Logger root = logging.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.toLevel(setting(LEVEL).orElse(""), Level.INFO));
    root.addAppender(appender);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static Optional<String> setting(String name) {
    return Optional.ofNullable(System.getProperty(name))
        .or(() -> Optional.ofNullable(System.getenv(name)));
  }
}
