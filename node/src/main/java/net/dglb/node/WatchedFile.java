package net.dglb.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What one watched file held when last told, and at the last look. */
final class WatchedFile {

  /** Larger files are read again only after their size, time or identity changed. */
  private static final long ALWAYS_READ_OCTETS = 1 << 20;

  private static final String ABSENT = "absent";

  private final Path path;
  private String told;
  private String seen;
  private String stamp = "";

  WatchedFile(Path path) {
    this.path = path;
    seen = content();
    told = seen;
  }

  /** One that nobody was told of yet: its first stable content counts as a change. */
  static WatchedFile untold(Path path) {
    WatchedFile file = new WatchedFile(path);
    file.told = ABSENT;
    file.seen = "";
    return file;
  }

  Path path() {
    return path;
  }

  /** Looks at the file; true once for each stable change. */
  boolean hasChanged() {
    String now = content();
    boolean stable = now.equals(seen);
    seen = now;
    if (!stable || now.equals(told)) {
      return false;
    }
    told = now;
    return true;
  }

  private String content() {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      String stampNow =
          attributes.fileKey() + " " + attributes.lastModifiedTime() + " " + attributes.size();
      boolean unchanged = stampNow.equals(stamp);
      stamp = stampNow;
      return unchanged && attributes.size() > ALWAYS_READ_OCTETS ? seen : digest();
    } catch (IOException e) {
      stamp = "";
      return ABSENT;
    }
  }

  private String digest() throws IOException {
    try (InputStream in = Files.newInputStream(path);
        DigestInputStream digesting =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      digesting.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
