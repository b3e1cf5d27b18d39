package net.dglb.mapping.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.dglb.mapping.wire.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The octets that PROTOCOL.md promises. */
class GoldenTest {

  private static final Path SPECIFICATION = Path.of("PROTOCOL.md");

  static List<GoldenFrames.Golden> files() {
    return GoldenFrames.all();
  }

  @ParameterizedTest
  @MethodSource("files")
  void decodesToTheExampleAndEncodesToTheSameOctets(GoldenFrames.Golden golden) {
    FrameDecoder decoder = new FrameDecoder(16 * 1024);
    decoder.append(Buffer.buffer(golden.bytes()));
    Frame expected = ExampleFrames.all().getOrDefault(golden.name(), Frame.getDefaultInstance());
    assertThat(decoder.next())
        .as(golden.name())
        .isEqualTo(new FrameVerdict.Complete(expected, golden.bytes().length));
    assertThat(FrameEncoder.encode(expected).getBytes())
        .as(golden.name())
        .isEqualTo(golden.bytes());
  }

  @Test
  void everyMessageHasAnExample() {
    Set<Frame.MessageCase> shown =
        ExampleFrames.all().values().stream()
            .map(Frame::getMessageCase)
            .collect(Collectors.toSet());
    assertThat(shown)
        .isEqualTo(EnumSet.complementOf(EnumSet.of(Frame.MessageCase.MESSAGE_NOT_SET)));
    assertThat(files().stream().map(GoldenFrames.Golden::name).collect(Collectors.toSet()))
        .isEqualTo(ExampleFrames.all().keySet());
  }

  @Test
  void theSpecificationShowsTheOctetsOfTheFilesAndNamesEveryMessage() throws IOException {
    String text = Files.readString(SPECIFICATION);
    String octets = text.replaceAll("\\s", "");
    for (String shown : List.of("hello", "welcome", "announce", "announce-ack", "error", "ping")) {
      assertThat(files())
          .filteredOn(file -> file.name().equals(shown))
          .allSatisfy(file -> assertThat(octets).as(shown).contains(file.hex()))
          .hasSize(1);
    }
    for (Map.Entry<String, Frame> example : ExampleFrames.all().entrySet()) {
      String name =
          Frame.getDescriptor()
              .findFieldByNumber(example.getValue().getMessageCase().getNumber())
              .getMessageType()
              .getName();
      assertThat(text).as("the message " + name).contains("`" + name + "`");
    }
  }
}
