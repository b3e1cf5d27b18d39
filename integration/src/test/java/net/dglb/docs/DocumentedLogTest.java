package net.dglb.docs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import net.dglb.node.LogLayout;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** docs/operating.md lists the fields of a log line in JSON. */
class DocumentedLogTest {

  private static final Pattern ROW =
      Pattern.compile("^\\| `(\\w+)` \\| (yes|no) \\| .*$", Pattern.MULTILINE);

  @Test
  void aLineHasTheFieldsThatThePageSays() throws IOException {
    assertThat(fields(null)).isEqualTo(documented(true));
    assertThat(fields(new IOException("No space left on device"))).isEqualTo(documented(false));
  }

  private static Set<String> documented(boolean isOnlyWhatIsAlwaysThere) throws IOException {
    Set<String> fields = new TreeSet<>();
    ROW.matcher(Files.readString(Path.of("..").resolve("docs/operating.md")))
        .results()
        .filter(row -> row.group(2).equals("yes") || !isOnlyWhatIsAlwaysThere)
        .forEach(row -> fields.add(row.group(1)));
    return fields;
  }

  private static Set<String> fields(@Nullable Throwable failure) {
    LogLayout layout = new LogLayout();
    layout.setFormat("json");
    LoggingEvent event =
        new LoggingEvent(
            "test",
            new LoggerContext().getLogger("net.dglb.Loader"),
            Level.ERROR,
            "failed",
            failure,
            null);
    return new TreeSet<>(new JsonObject(layout.doLayout(event)).fieldNames());
  }
}
