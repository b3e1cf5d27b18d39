package net.dglb.node;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.LayoutBase;
import io.vertx.core.json.JsonObject;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.slf4j.event.KeyValuePair;

/**
 * One line per event, whatever the event's text holds: as text for people, or as a JSON object if
 * the format is {@code json}. Times are in UTC.
 */
public final class LogLayout extends LayoutBase<ILoggingEvent> {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final int MAX_FRAMES = 40;

  private boolean json;

  /** Lays events out as text. */
  public LogLayout() {}

  /** {@code json}, or anything else for text. */
  public void setFormat(String format) {
    json = format.equals("json");
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    return (json ? asJson(event) : asText(event)) + "\n";
  }

  private static String asText(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(TIME.format(event.getInstant()));
    line.append(' ').append(event.getLevel()).append(' ').append(shortName(event)).append(": ");
    appendOnOneLine(line, event.getFormattedMessage());
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        appendOnOneLine(line, " " + pair.key + "=" + pair.value);
      }
    }
    if (event.getThrowableProxy() != null) {
      appendOnOneLine(line, "\n" + trace(event.getThrowableProxy()));
    }
    return line.toString();
  }

  private static String asJson(ILoggingEvent event) {
    JsonObject line =
        new JsonObject()
            .put("time", TIME.format(event.getInstant()))
            .put("level", event.getLevel().toString())
            .put("logger", event.getLoggerName())
            .put("thread", event.getThreadName())
            .put("message", event.getFormattedMessage());
    if (event.getKeyValuePairs() != null) {
      event.getKeyValuePairs().forEach(pair -> line.put(pair.key, String.valueOf(pair.value)));
    }
    if (event.getThrowableProxy() != null) {
      line.put("error", trace(event.getThrowableProxy()));
    }
    return line.encode();
  }

  private static String shortName(ILoggingEvent event) {
    String name = event.getLoggerName();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** Text from the network must not be able to forge a second event. */
  private static void appendOnOneLine(StringBuilder line, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        line.append(" | ");
      } else {
        line.append(Character.isISOControl(c) ? ' ' : c);
      }
    }
  }

  private static String trace(IThrowableProxy thrown) {
    StringBuilder text = new StringBuilder();
    for (IThrowableProxy at = thrown; at != null; at = at.getCause()) {
      text.append(text.isEmpty() ? "" : "\ncaused by ").append(at.getClassName());
      text.append(": ").append(at.getMessage());
      StackTraceElementProxy[] frames = at.getStackTraceElementProxyArray();
      for (int i = 0; i < Math.min(frames.length, MAX_FRAMES); i++) {
        text.append("\n").append(frames[i].getSTEAsString());
      }
    }
    return text.toString();
  }
}
