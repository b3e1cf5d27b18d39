package net.dglb.dns.wire;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * An NS set and the addresses of its name servers in one piece, for answers that carry all of it or
 * nothing: written with one copy and few repairs, where its sets one by one would be gathered from
 * all over the memory. Immutable, shared by all threads. Written by {@link Answer#appendWhole}.
 */
public final class NameServersWithGlue {

  /**
   * The addresses of one name server.
   *
   * @param nameServer which record of the NS set names it
   */
  public record Glue(int nameServer, RecordSet addresses) {}

  private final int nameServers;
  private final int addresses;

  /** The records of the NS set and behind them all glue; without the first owner's labels. */
  final byte[] wire;

  /** Where owners of NS records wait for their pointer. */
  final int[] ownerSlots;

  /** Where names end in a pointer to the suffix. */
  final int[] suffixSlots;

  /** Where owners of glue wait for their pointer: {@code slot << 16 | where the name stands}. */
  final int[] glueSlots;

  /**
   * Puts the pieces together.
   *
   * @param set of type NS
   * @param glue without names in its data
   */
  public NameServersWithGlue(RecordSet set, List<Glue> glue) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    List<Integer> slots = new ArrayList<>();
    octets.writeBytes(set.wire);
    for (Glue one : glue) {
      for (int slot : one.addresses.ownerSlots) {
        slots.add((octets.size() + slot) << Short.SIZE | set.nameOffset(one.nameServer));
      }
      octets.writeBytes(one.addresses.wire);
    }
    nameServers = set.size();
    addresses = slots.size();
    wire = octets.toByteArray();
    ownerSlots = set.ownerSlots;
    suffixSlots = set.suffixSlots;
    glueSlots = new int[addresses];
    for (int i = 0; i < addresses; i++) {
      glueSlots[i] = slots.get(i);
    }
  }

  /** How many NS records. */
  public int nameServers() {
    return nameServers;
  }

  /** How many records of glue. */
  public int addresses() {
    return addresses;
  }
}
