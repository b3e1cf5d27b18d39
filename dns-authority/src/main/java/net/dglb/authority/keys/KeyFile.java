package net.dglb.authority.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import net.dglb.dns.keys.KeyChain;
import net.dglb.dns.keys.KeyText;
import net.dglb.net.DomainName;

/**
 * The files of keys: one for each zone, readable by the node's user alone, replaced as a whole. Not
 * part of the state store, which starts anew when it is damaged: a lost key makes a zone
 * unreachable for everybody who validates.
 */
final class KeyFile {

  private final Path folder;

  /** Keeps the files in a folder, which is made when the first is written. */
  KeyFile(Path folder) {
    this.folder = folder;
  }

  /** Where a zone's keys are. */
  Path of(DomainName zone) {
    return folder.resolve((zone.labels().isEmpty() ? "root" : zone.toString()) + ".keys");
  }

  /**
   * Reads a zone's keys; none if there is no file.
   *
   * @throws IOException if there is one that cannot be used; says which and what to do
   */
  KeyChain read(DomainName zone) throws IOException {
    Path file = of(zone);
    if (!Files.exists(file)) {
      return KeyChain.EMPTY;
    }
    try {
      return KeyText.read(Files.readString(file));
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw damaged(file, e);
    }
  }

  /** Without the cause's message: it may hold what the file holds. */
  private static IOException damaged(Path file, Exception cause) {
    return new IOException(
        file
            + ": damaged, "
            + cause.getClass().getSimpleName()
            + " (expected: the keys as the node wrote them; restore the file from a backup)");
  }

  /** Puts a file that cannot be used aside, under a name with the time; nothing is deleted. */
  void setAside(DomainName zone, Instant now) throws IOException {
    Path file = of(zone);
    if (Files.exists(file)) {
      Files.move(file, file.resolveSibling(file.getFileName() + ".lost-" + now.getEpochSecond()));
    }
  }

  /** Writes a zone's keys; they are on disk when this returns. */
  void write(DomainName zone, KeyChain chain) throws IOException {
    Files.createDirectories(folder, permissions("rwx------"));
    Path file = of(zone);
    if (chain.isEmpty()) {
      Files.deleteIfExists(file);
      return;
    }
    String text = KeyText.write(zone, chain);
    Path written = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(written);
    try (FileChannel out =
        FileChannel.open(
            written,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            permissions("rw-------"))) {
      ByteBuffer octets = StandardCharsets.UTF_8.encode(text);
      while (octets.hasRemaining()) {
        out.write(octets);
      }
      out.force(true);
    }
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static FileAttribute<?> permissions(String text) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
  }
}
