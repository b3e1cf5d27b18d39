package net.dglb.lb;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** The errors, or warnings too, that a class logs while this is open; readable from any thread. */
final class LoggedErrors extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private final Logger logger;
  private final Level least;
  private final List<String> messages = new CopyOnWriteArrayList<>();

  private LoggedErrors(Class<?> logging, Level least) {
    this.least = least;
    logger = (Logger) LoggerFactory.getLogger(logging);
  }

  static LoggedErrors of(Class<?> logging) {
    return of(logging, Level.ERROR);
  }

  static LoggedErrors warningsToo(Class<?> logging) {
    return of(logging, Level.WARN);
  }

  private static LoggedErrors of(Class<?> logging, Level least) {
    LoggedErrors errors = new LoggedErrors(logging, least);
    errors.start();
    errors.logger.addAppender(errors);
    return errors;
  }

  List<String> messages() {
    return List.copyOf(messages);
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLevel().isGreaterOrEqual(least)) {
      messages.add(event.getFormattedMessage());
    }
  }

  @Override
  public void close() {
    logger.detachAppender(this);
  }
}
