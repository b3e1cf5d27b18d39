package net.dglb.identity;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Files that hold something secret: made for their owner alone, refused if others can read them.
 */
final class PrivateFile {

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> READABLE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"));
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

  private PrivateFile() {}

  /** Reads a small text file that other users can neither read nor write. */
  static String read(Path file, String what) throws IdentityException {
    try {
      PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
      if (view != null && view.readAttributes().permissions().stream().anyMatch(OTHERS::contains)) {
        throw new IdentityException(
            file + ": " + what + " is open to other users (expected: chmod 600)");
      }
    } catch (IOException e) {
      throw unreadable(file, what, e);
    }
    return readPublic(file, what);
  }

  /** Reads a small text file that everybody may read. */
  static String readPublic(Path file, String what) throws IdentityException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw unreadable(file, what, e);
    }
  }

  /** Writes a new file for its owner alone; an existing one is never touched. */
  static void create(Path file, String text) throws IdentityException {
    create(file, text, OWNER_ONLY);
  }

  /** Writes a new file that everybody may read; an existing one is never touched. */
  static void createPublic(Path file, String text) throws IdentityException {
    create(file, text, READABLE);
  }

  private static void create(Path file, String text, FileAttribute<?> mode)
      throws IdentityException {
    Set<StandardOpenOption> options =
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var out = Channels.newOutputStream(Files.newByteChannel(file, options, mode))) {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
    } catch (FileAlreadyExistsException e) {
      throw new IdentityException(file + " exists already and is never overwritten", e);
    } catch (IOException e) {
      throw new IdentityException(file + " cannot be written: " + reason(e), e);
    }
  }

  private static IdentityException unreadable(Path file, String what, IOException e) {
    return new IdentityException(file + ": " + what + " cannot be read: " + reason(e), e);
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> "no such file or folder";
      case AccessDeniedException denied -> "permission denied";
      default -> e.toString();
    };
  }
}
