package net.dglb.backbone.index;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.dglb.net.Location;
import net.dglb.net.Prefix;

/**
 * Writes a small database of cities as MaxMind's format has it (MaxMind DB File Format
 * Specification 2.0): an IPv6 tree with 24-bit records that holds IPv4 networks below ::/96.
 */
final class MmdbFixture {

  private static final byte[] METADATA_MARKER =
      "\u00ab\u00cd\u00efMaxMind.com".getBytes(StandardCharsets.ISO_8859_1);
  private static final int SEPARATOR = 16;
  private static final int EMPTY = -1;

  private static final int UTF8_STRING = 2;
  private static final int DOUBLE = 3;
  private static final int UINT16 = 5;
  private static final int UINT32 = 6;
  private static final int MAP = 7;
  private static final int UINT64 = 9;
  private static final int ARRAY = 11;

  /** Children by bit: a node's number, EMPTY, or -2 - offset of a record in the data section. */
  private final List<int[]> nodes = new ArrayList<>(List.of(new int[] {EMPTY, EMPTY}));

  private final ByteArrayOutputStream records = new ByteArrayOutputStream();

  /** Adds a network whose record has a location. */
  MmdbFixture city(String network, Location location) {
    Map<String, Object> at = new LinkedHashMap<>();
    at.put("accuracy_radius", 20);
    at.put("latitude", location.latitude());
    at.put("longitude", location.longitude());
    return add(network, Map.of("location", at));
  }

  /** Adds a network whose record says something else. */
  MmdbFixture withoutLocation(String network) {
    return add(network, Map.of("country", Map.of("iso_code", "FR")));
  }

  private MmdbFixture add(String network, Map<String, ?> record) {
    Prefix prefix = Prefix.parse(network);
    byte[] octets = prefix.address().getAddress();
    int skipped = octets.length == 4 ? 96 : 0;
    int value = -2 - records.size();
    write(record, records);
    int node = 0;
    for (int i = 0; i < skipped + prefix.length(); i++) {
      int bit = i < skipped ? 0 : (octets[(i - skipped) / 8] >> (7 - i % 8)) & 1;
      int[] children = nodes.get(node);
      if (i == skipped + prefix.length() - 1) {
        children[bit] = value;
      } else if (children[bit] == EMPTY) {
        children[bit] = nodes.size();
        nodes.add(new int[] {EMPTY, EMPTY});
      }
      node = children[bit];
    }
    return this;
  }

  /** The whole file. */
  byte[] bytes() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (int[] children : nodes) {
      for (int child : children) {
        int pointer =
            child == EMPTY
                ? nodes.size()
                : child < EMPTY ? nodes.size() + SEPARATOR - 2 - child : child;
        number(pointer, 3, file);
      }
    }
    file.writeBytes(new byte[SEPARATOR]);
    file.writeBytes(records.toByteArray());
    file.writeBytes(METADATA_MARKER);
    metadata(file);
    return file.toByteArray();
  }

  private void metadata(ByteArrayOutputStream out) {
    control(MAP, 9, out);
    field("node_count", UINT32, nodes.size(), out);
    field("record_size", UINT16, 24, out);
    field("ip_version", UINT16, 6, out);
    field("binary_format_major_version", UINT16, 2, out);
    field("binary_format_minor_version", UINT16, 0, out);
    field("build_epoch", UINT64, 1_700_000_000, out);
    write("database_type", out);
    write("Test-City", out);
    write("languages", out);
    control(ARRAY, 1, out);
    write("en", out);
    write("description", out);
    write(Map.of("en", "made by a test"), out);
  }

  private static void field(String name, int type, long value, ByteArrayOutputStream out) {
    write(name, out);
    unsigned(type, value, out);
  }

  private static void write(Object value, ByteArrayOutputStream out) {
    switch (value) {
      case Map<?, ?> map -> {
        control(MAP, map.size(), out);
        map.forEach((key, entry) -> {
          write(key, out);
          write(entry, out);
        });
      }
      case String text -> {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        control(UTF8_STRING, octets.length, out);
        out.writeBytes(octets);
      }
      case Double number -> {
        control(DOUBLE, Double.BYTES, out);
        number(Double.doubleToLongBits(number), Double.BYTES, out);
      }
      case Integer number -> unsigned(UINT16, number, out);
      default -> throw new IllegalArgumentException("cannot be written: " + value);
    }
  }

  private static void unsigned(int type, long value, ByteArrayOutputStream out) {
    int octets = (64 - Long.numberOfLeadingZeros(value) + 7) / 8;
    control(type, octets, out);
    number(value, octets, out);
  }

  /** Types above 7 have an octet of their own; sizes from 29 on, one more. */
  private static void control(int type, int size, ByteArrayOutputStream out) {
    int high = type > 7 ? 0 : type << 5;
    out.write(high | Math.min(size, 29));
    if (type > 7) {
      out.write(type - 7);
    }
    if (size >= 29) {
      out.write(size - 29);
    }
  }

  private static void number(long value, int octets, ByteArrayOutputStream out) {
    for (int i = octets - 1; i >= 0; i--) {
      out.write((int) (value >> (8 * i)));
    }
  }
}
