package net.dglb.it;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.dglb.net.Location;
import net.dglb.net.Prefix;

/**
 * Writes a database of cities in MaxMind's format (MaxMind DB File Format Specification 2.0): IPv4
 * networks and their locations alone, in a tree with 24-bit records.
 */
final class CityDatabase {

  private static final byte[] METADATA_MARKER =
      "\u00ab\u00cd\u00efMaxMind.com".getBytes(StandardCharsets.ISO_8859_1);
  private static final int SEPARATOR = 16;
  private static final int EMPTY = -1;

  /** The node's two branches: another node's number, EMPTY, or -2 - the offset of a record. */
  private final List<int[]> nodes = new ArrayList<>(List.of(new int[] {EMPTY, EMPTY}));

  private final ByteArrayOutputStream records = new ByteArrayOutputStream();

  /** Adds a network; none may lie within another one. */
  CityDatabase with(String network, Location location) {
    Prefix prefix = Prefix.parse(network);
    int address = ByteBuffer.wrap(prefix.address().getAddress()).getInt();
    int record = -2 - records.size();
    Map<String, Object> at = new LinkedHashMap<>();
    at.put("latitude", location.latitude());
    at.put("longitude", location.longitude());
    write(Map.of("location", at), records);
    int[] branches = nodes.getFirst();
    for (int i = 0; i < prefix.length() - 1; i++) {
      int bit = address >>> (31 - i) & 1;
      if (branches[bit] == EMPTY) {
        branches[bit] = nodes.size();
        nodes.add(new int[] {EMPTY, EMPTY});
      }
      branches = nodes.get(branches[bit]);
    }
    branches[address >>> (32 - prefix.length()) & 1] = record;
    return this;
  }

  /** The whole file. */
  byte[] bytes() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (int[] branches : nodes) {
      for (int branch : branches) {
        int data = nodes.size() + SEPARATOR - 2 - branch;
        int pointer = branch == EMPTY ? nodes.size() : branch < EMPTY ? data : branch;
        file.writeBytes(new byte[] {(byte) (pointer >> 16), (byte) (pointer >> 8), (byte) pointer});
      }
    }
    file.writeBytes(new byte[SEPARATOR]);
    file.writeBytes(records.toByteArray());
    file.writeBytes(METADATA_MARKER);
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("node_count", nodes.size());
    metadata.put("record_size", 24);
    metadata.put("ip_version", 4);
    metadata.put("binary_format_major_version", 2);
    metadata.put("binary_format_minor_version", 0);
    metadata.put("build_epoch", 1_700_000_000L);
    metadata.put("database_type", "Test-City");
    metadata.put("languages", List.of("en"));
    metadata.put("description", Map.of("en", "made by a test"));
    write(metadata, file);
    return file.toByteArray();
  }

  private static void write(Object value, ByteArrayOutputStream out) {
    switch (value) {
      case Map<?, ?> map -> {
        out.write(7 << 5 | map.size());
        map.forEach((key, entry) -> {
          write(key, out);
          write(entry, out);
        });
      }
      case List<?> list -> {
        out.write(list.size());
        out.write(11 - 7);
        list.forEach(entry -> write(entry, out));
      }
      case String text -> {
        out.write(2 << 5 | text.length());
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
      }
      case Double number -> {
        out.write(3 << 5 | Double.BYTES);
        out.writeBytes(ByteBuffer.allocate(Double.BYTES).putDouble(number).array());
      }
      case Integer number -> {
        out.write(6 << 5 | Integer.BYTES);
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
      }
      case Long number -> {
        out.write(Long.BYTES);
        out.write(9 - 7);
        out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
      }
      default -> throw new IllegalArgumentException("cannot be written: " + value);
    }
  }
}
