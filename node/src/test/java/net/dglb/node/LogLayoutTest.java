package net.dglb.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogLayoutTest {

  private final LogLayout layout = new LogLayout();

  @Test
  void writesOneLineOfTextInUtc() {
    assertThat(layout.doLayout(event("zone loaded", null)))
        .isEqualTo("2026-06-01T12:30:00.125Z WARN Loader: zone loaded\n");
  }

  @Test
  void doesNotLetAMessageForgeASecondEvent() {
    String line = layout.doLayout(event("bad\r\n2026 INFO Node: fine\u001b[31m", null));
    assertThat(line).endsWith("Loader: bad  | 2026 INFO Node: fine [31m\n").hasLineCount(1);
  }

  @Test
  void keepsAFailureAndItsCausesOnOneLine() {
    Throwable failure = new IllegalStateException("outer", new IllegalArgumentException("inner"));
    assertThat(layout.doLayout(event("failed", failure)))
        .hasLineCount(1)
        .contains("failed | java.lang.IllegalStateException: outer | at ")
        .contains(" | caused by java.lang.IllegalArgumentException: inner | at ");
  }

  @Test
  void writesAJsonObjectPerLine() {
    layout.setFormat("json");
    String line = layout.doLayout(event("a \"quoted\"\nline", new IllegalStateException("x")));
    assertThat(line).hasLineCount(1);
    JsonObject tree = new JsonObject(line);
    assertThat(tree.getMap())
        .containsEntry("time", "2026-06-01T12:30:00.125Z")
        .containsEntry("level", "WARN")
        .containsEntry("logger", "net.dglb.Loader")
        .containsEntry("message", "a \"quoted\"\nline");
    assertThat(tree.getString("error")).startsWith("java.lang.IllegalStateException: x\nat ");
  }

  private static LoggingEvent event(String message, @Nullable Throwable failure) {
    LoggingEvent event =
        new LoggingEvent(
            "test",
            new LoggerContext().getLogger("net.dglb.Loader"),
            Level.WARN,
            message,
            failure,
            null);
    event.setInstant(Instant.parse("2026-06-01T12:30:00.125Z"));
    return event;
  }
}
