package net.dglb.authority;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.dglb.dns.zone.ZoneFile;

/** Which files a zone is read from. */
final class MasterFiles {

  private static final int MOST_FILES = 1000;

  private MasterFiles() {}

  /**
   * A master file and all that it includes (RFC 1035 section 5.1), also what is missing or cannot
   * be read now, so that it is noticed once it can. At most {@value #MOST_FILES}.
   */
  static Set<Path> mentioned(Path file) {
    Set<Path> files = new LinkedHashSet<>();
    collect(file, files);
    return files;
  }

  private static void collect(Path file, Set<Path> files) {
    if (files.size() >= MOST_FILES || !files.add(file)) {
      return;
    }
    for (String line : lines(file)) {
      Optional<String> included = ZoneFile.included(line);
      try {
        included.ifPresent(name -> collect(file.resolveSibling(name), files));
      } catch (InvalidPathException e) {
        // The reader of the zone reports it with file and line.
      }
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return List.of();
    }
  }
}
