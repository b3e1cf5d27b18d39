package net.dglb.mapping.session;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What a class logs while this is open; readable from any thread. */
final class LoggedLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private final Logger logger;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private LoggedLines(Class<?> logging) {
    logger = (Logger) LoggerFactory.getLogger(logging);
  }

  static LoggedLines of(Class<?> logging) {
    LoggedLines logged = new LoggedLines(logging);
    logged.start();
    logged.logger.addAppender(logged);
    return logged;
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  protected void append(ILoggingEvent event) {
    lines.add(event.getFormattedMessage());
  }

  @Override
  public void close() {
    logger.detachAppender(this);
  }
}
