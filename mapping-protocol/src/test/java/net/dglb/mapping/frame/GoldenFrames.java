package net.dglb.mapping.frame;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The worked examples of PROTOCOL.md: one frame per file, as hexadecimal octets with comments after
 * {@code #}. A file that was published is never changed, since others implement against it.
 */
public final class GoldenFrames {

  /** Where the files lie. */
  public static final Path FOLDER = Path.of("src/test/resources/golden/v1");

  /** A file's name without its ending, and the octets in it as bare hexadecimal digits. */
  public record Golden(String name, String hex) {

    /** A fresh copy of the octets. */
    public byte[] bytes() {
      return HexFormat.of().parseHex(hex);
    }
  }

  private GoldenFrames() {}

  /** All of them, by name. */
  public static List<Golden> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().map(GoldenFrames::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Golden read(Path file) {
    try {
      StringBuilder hex = new StringBuilder();
      for (String line : Files.readAllLines(file)) {
        hex.append(line.replaceAll("#.*", "").replaceAll("\\s", ""));
      }
      String name = file.getFileName().toString().replace(".hex", "");
      return new Golden(name, hex.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
