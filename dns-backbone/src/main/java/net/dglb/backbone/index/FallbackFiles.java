package net.dglb.backbone.index;

import com.maxmind.db.DatabaseRecord;
import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.Networks;
import com.maxmind.db.Reader;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.dglb.identity.NodeId;
import net.dglb.net.Location;
import net.dglb.net.Prefix;

/**
 * Reads the files for resolvers that nobody announced: the computed map, and resolvers' locations
 * as CSV or as a MaxMind database. A file is good as a whole or not at all.
 */
public final class FallbackFiles {

  /**
   * The most prefixes of one file; a database of the world's cities has 4 to 6 million. Each takes
   * some 75 octets of heap (6 million: 430 MB), twice that while a changed file takes its place.
   */
  public static final int MAX_PREFIXES = 10_000_000;

  private FallbackFiles() {}

  /**
   * Reads a computed map: lines {@code prefix,lb-id[,lb-id...]}, best first. Empty lines and lines
   * that begin with {@code #} do not count.
   *
   * @throws FallbackFileException naming file and line
   */
  public static FallbackTable computedMap(Path file) throws FallbackFileException {
    return lines(
        file,
        (fields, table) -> {
          List<String> ids = fields.subList(1, fields.size());
          if (ids.isEmpty()) {
            throw new IllegalArgumentException(
                "no load balancer (expected prefix,lb-id[,lb-id...])");
          }
          ids.forEach(NodeId::check);
          table.computed(Prefix.parse(fields.getFirst()), ids);
        });
  }

  /**
   * Reads locations: lines {@code prefix,latitude,longitude}, or a MaxMind database if the name
   * ends in {@code .mmdb}.
   *
   * @throws FallbackFileException naming file and, of a CSV file, the line
   */
  public static FallbackTable locations(Path file) throws FallbackFileException {
    if (file.toString().endsWith(".mmdb")) {
      return database(file);
    }
    return lines(
        file,
        (fields, table) -> {
          if (fields.size() != 3) {
            throw new IllegalArgumentException(
                fields.size() + " fields (expected prefix,latitude,longitude)");
          }
          table.located(
              Prefix.parse(fields.getFirst()),
              new Location(degrees(fields.get(1)), degrees(fields.get(2))));
        });
  }

  private interface LineReader {
    void read(List<String> fields, FallbackTable.Builder table);
  }

  private static FallbackTable lines(Path file, LineReader reader) throws FallbackFileException {
    FallbackTable.Builder table = new FallbackTable.Builder(MAX_PREFIXES);
    int number = 0;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank() && !line.startsWith("#")) {
          List<String> fields = Arrays.stream(line.split(",", -1)).map(String::strip).toList();
          reader.read(fields, table);
        }
      }
      return table.build();
    } catch (CharacterCodingException e) {
      throw new FallbackFileException(file + ":" + (number + 1) + ": is not UTF-8 text");
    } catch (IOException e) {
      throw new FallbackFileException(file + ": cannot be read: " + e);
    } catch (IllegalArgumentException e) {
      throw new FallbackFileException(file + ":" + number + ": " + e.getMessage());
    }
  }

  private static double degrees(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("degrees: \"" + text + "\" (expected a number)", e);
    }
  }

  private static FallbackTable database(Path file) throws FallbackFileException {
    FallbackTable.Builder table = new FallbackTable.Builder(MAX_PREFIXES);
    try (Reader reader = new Reader(file.toFile())) {
      Networks<Map<?, ?>> networks = reader.networks(mapClass());
      while (networks.hasNext()) {
        DatabaseRecord<Map<?, ?>> record = networks.next();
        InetAddress address = record.network().networkAddress();
        if (record.data() != null
            && record.data().get("location") instanceof Map<?, ?> location
            && location.get("latitude") instanceof Double latitude
            && location.get("longitude") instanceof Double longitude) {
          table.located(
              prefix(address, record.network().prefixLength()), new Location(latitude, longitude));
        }
      }
      return table.build();
    } catch (IOException | InvalidNetworkException | RuntimeException e) {
      throw new FallbackFileException(file + ": is not a usable MaxMind database: " + e);
    }
  }

  /** IPv4 networks stand in an IPv6 tree as ::/96. */
  private static Prefix prefix(InetAddress address, int length) throws UnknownHostException {
    byte[] octets = address.getAddress();
    boolean four = octets.length == 16 && length >= 96 && isZero(octets, 12);
    return four
        ? Prefix.containing(
            InetAddress.getByAddress(Arrays.copyOfRange(octets, 12, 16)), length - 96)
        : Prefix.containing(address, length);
  }

  private static boolean isZero(byte[] octets, int count) {
    for (int i = 0; i < count; i++) {
      if (octets[i] != 0) {
        return false;
      }
    }
    return true;
  }

  @SuppressWarnings("unchecked") // the reader fills a plain map when asked for one
  private static Class<Map<?, ?>> mapClass() {
    return (Class<Map<?, ?>>) (Class<?>) Map.class;
  }
}
