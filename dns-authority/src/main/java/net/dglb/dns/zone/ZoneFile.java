package net.dglb.dns.zone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.dglb.net.DomainName;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** Reads master files (RFC 1035 section 5; $TTL of RFC 2308 section 4) through dnsjava. */
public final class ZoneFile {

  private static final Pattern INCLUDE =
      Pattern.compile("^\\$INCLUDE\\s+(?:\"([^\"]+)\"|(\\S+)).*", Pattern.CASE_INSENSITIVE);

  /** One line of $GENERATE may mean four thousand million records: more than memory holds. */
  static final int MOST_RECORDS = 1_000_000;

  private ZoneFile() {}

  /**
   * Reads a whole file and what it includes; paths in $INCLUDE are relative to the file that they
   * stand in.
   *
   * @param origin what relative names end in
   * @return all records, to be compiled; the caller may add its own
   * @throws ZoneException if anything in it cannot be read, or it means more than a million
   *     records; says file and line
   */
  public static List<Record> read(Path file, DomainName origin) throws ZoneException {
    List<Path> files = files(file);
    List<Record> records = new ArrayList<>();
    try (Master master =
        new Master(file.toString(), Name.fromString(origin.toString(), Name.root))) {
      for (Record next = master.nextRecord(); next != null; next = master.nextRecord()) {
        if (records.size() == MOST_RECORDS) {
          throw new ZoneException(List.of(tooMany(file)));
        }
        records.add(next);
      }
      return records;
    } catch (IOException e) {
      throw new ZoneException(List.of(withPath(files, String.valueOf(e.getMessage()))));
    } catch (RuntimeException e) {
      throw new ZoneException(List.of(file + ": " + e.getMessage()));
    }
  }

  private static String tooMany(Path file) {
    return file
        + ": more than "
        + MOST_RECORDS
        + " records (expected: at most so many; a range of $GENERATE may be too wide)";
  }

  /** dnsjava's message begins with a file's bare name and the line: puts the path in front. */
  private static String withPath(List<Path> files, String message) {
    for (Path file : files) {
      if (message.startsWith(file.getFileName() + ":")) {
        return file.resolveSibling(message).toString();
      }
    }
    return files.getFirst() + ": " + message;
  }

  /**
   * Reads and compiles a zone: the whole of it or nothing.
   *
   * @param origin the zone's apex
   * @throws ZoneException with every problem found
   */
  public static StaticZone load(Path file, DomainName origin) throws ZoneException {
    List<Record> records = read(file, origin);
    try {
      return StaticZone.compile(origin, records);
    } catch (ZoneException e) {
      throw new ZoneException(e.problems().stream().map(problem -> file + ": " + problem).toList());
    }
  }

  /**
   * The file and all that it includes, so that each can be watched for changes.
   *
   * @throws ZoneException if one cannot be read or includes itself
   */
  public static List<Path> files(Path file) throws ZoneException {
    return includedFiles(file, new ArrayDeque<>());
  }

  private static List<Path> includedFiles(Path file, Deque<Path> outer) throws ZoneException {
    Path real = file.toAbsolutePath().normalize();
    if (outer.contains(real)) {
      throw new ZoneException(List.of(file + ": includes itself"));
    }
    List<Path> files = new ArrayList<>(List.of(file));
    outer.push(real);
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      for (String name : lines.map(ZoneFile::included).flatMap(Optional::stream).toList()) {
        files.addAll(includedFiles(file.resolveSibling(name), outer));
      }
    } catch (NoSuchFileException e) {
      throw new ZoneException(List.of(file + ": no such file"));
    } catch (InvalidPathException e) {
      throw new ZoneException(List.of(file + ": includes what is no path: " + e.getMessage()));
    } catch (IOException e) {
      throw new ZoneException(List.of(file + ": cannot be read: " + e.getMessage()));
    }
    outer.pop();
    return files;
  }

  /** The file that a line includes, as it names it, with quotes or without; empty if none. */
  public static Optional<String> included(String line) {
    Matcher include = INCLUDE.matcher(line);
    return include.matches()
        ? Optional.of(include.group(1) == null ? include.group(2) : include.group(1))
        : Optional.empty();
  }
}
