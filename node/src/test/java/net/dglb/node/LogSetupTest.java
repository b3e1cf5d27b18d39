package net.dglb.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogSetupTest {

  private final LoggerContext logging = new LoggerContext();

  @BeforeEach
  void prepare() {
    logging.setMDCAdapter(new LogbackMDCAdapter());
  }

  @Test
  void isWhatLogbackFindsByItself() {
    LoggerContext running = (LoggerContext) LoggerFactory.getILoggerFactory();
    assertThat(running.getLogger("org.apache.ratis").getLevel()).isEqualTo(Level.ERROR);
    assertThat(running.getLogger("ROOT").getAppender("stderr")).isInstanceOf(ConsoleAppender.class);
  }

  @Test
  void logsOneLinePerEventToStandardError() {
    PrintStream before = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    try {
      assertThat(new LogSetup().configure(logging))
          .isEqualTo(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
      logging.getLogger("net.dglb.some.Node").info("answers\nDNS at Köln");
      logging.getLogger("net.dglb.some.Node").debug("details");
      logging.getLogger("io.vertx.core.Thing").info("started");
    } finally {
      System.setErr(before);
    }
    assertThat(written.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .contains("INFO Node: answers")
        .endsWith("DNS at Köln");
  }

  @Test
  void leavesItToTheFileThatAnOptionNames() {
    System.setProperty("logback.configurationFile", "other.xml");
    try {
      assertThat(new LogSetup().configure(logging)).isEqualTo(ExecutionStatus.INVOKE_NEXT_IF_ANY);
    } finally {
      System.clearProperty("logback.configurationFile");
    }
    assertThat(logging.getLogger("ROOT").iteratorForAppenders()).isExhausted();
  }
}
