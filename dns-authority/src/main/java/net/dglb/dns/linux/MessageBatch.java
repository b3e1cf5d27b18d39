package net.dglb.dns.linux;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.dglb.dns.prefix.AddressBits;

/**
 * The memory for the messages of one system call: made once, used again for every call. A message
 * is received into a slot, its answer is written over it, and it goes back to where it came from.
 * For one thread.
 */
public final class MessageBatch {

  // struct mmsghdr, struct iovec, struct sockaddr_in and sockaddr_in6 of 64-bit Linux.
  private static final int HEADER_OCTETS = 64;
  private static final int HEADER_NAME = 0;
  private static final int HEADER_NAME_LENGTH = 8;
  private static final int HEADER_VECTOR = 16;
  private static final int HEADER_VECTOR_COUNT = 24;
  private static final int HEADER_LENGTH = 56;
  private static final int VECTOR_OCTETS = 16;
  private static final int VECTOR_LENGTH = 8;
  private static final int ADDRESS_OCTETS = 32;
  private static final int ADDRESS_LENGTH_MAX = 28;

  private final int size;
  private final int slotOctets;
  private final ByteBuffer[] messages;
  private final ByteBuffer addresses;
  private final ByteBuffer received;
  private final ByteBuffer receivedVectors;
  private final ByteBuffer sent;
  private final ByteBuffer sentVectors;
  private final MemorySegment receivedHeaders;
  private final MemorySegment sentHeaders;
  private final long firstAddressAt;
  private final long[] messageAt;
  private int answers;

  /**
   * Takes the memory.
   *
   * @param size messages per system call, 1 to 1024
   * @param slotOctets how long a message may be; longer ones are cut
   */
  public MessageBatch(int size, int slotOctets) {
    this.size = size;
    this.slotOctets = slotOctets;
    this.messages = new ByteBuffer[size];
    this.messageAt = new long[size];
    this.addresses = nativeBuffer(size * ADDRESS_OCTETS);
    this.received = nativeBuffer(size * HEADER_OCTETS);
    this.receivedVectors = nativeBuffer(size * VECTOR_OCTETS);
    this.sent = nativeBuffer(size * HEADER_OCTETS);
    this.sentVectors = nativeBuffer(size * VECTOR_OCTETS);
    this.receivedHeaders = MemorySegment.ofBuffer(received);
    this.sentHeaders = MemorySegment.ofBuffer(sent);
    this.firstAddressAt = MemorySegment.ofBuffer(addresses).address();
    ByteBuffer all = ByteBuffer.allocateDirect(size * slotOctets);
    for (int i = 0; i < size; i++) {
      messages[i] = all.slice(i * slotOctets, slotOctets);
      messageAt[i] = MemorySegment.ofBuffer(messages[i]).address();
      prepare(i);
    }
  }

  private static ByteBuffer nativeBuffer(int octets) {
    return ByteBuffer.allocateDirect(octets).order(ByteOrder.nativeOrder());
  }

  /** Fills in what never changes. */
  private void prepare(int slot) {
    long vectorAt = MemorySegment.ofBuffer(receivedVectors).address();
    receivedVectors.putLong(slot * VECTOR_OCTETS, messageAt[slot]);
    receivedVectors.putLong(slot * VECTOR_OCTETS + VECTOR_LENGTH, slotOctets);
    int header = slot * HEADER_OCTETS;
    received.putLong(header + HEADER_NAME, firstAddressAt + (long) slot * ADDRESS_OCTETS);
    received.putLong(header + HEADER_VECTOR, vectorAt + (long) slot * VECTOR_OCTETS);
    received.putLong(header + HEADER_VECTOR_COUNT, 1);
    received.putInt(header + HEADER_NAME_LENGTH, ADDRESS_LENGTH_MAX);
    long sentVectorAt = MemorySegment.ofBuffer(sentVectors).address();
    sent.putLong(header + HEADER_VECTOR, sentVectorAt + (long) slot * VECTOR_OCTETS);
    sent.putLong(header + HEADER_VECTOR_COUNT, 1);
  }

  /** How many messages it takes. */
  public int size() {
    return size;
  }

  /** A received message, from index 0 on; its answer is written to the same place. */
  public ByteBuffer message(int slot) {
    return messages[slot];
  }

  /** The octets received in a slot. */
  public int length(int slot) {
    return received.getInt(slot * HEADER_OCTETS + HEADER_LENGTH);
  }

  /** Reads who sent a message. */
  public void source(int slot, AddressBits into) {
    int at = slot * ADDRESS_OCTETS;
    if (addresses.getShort(at) == SystemCalls.AF_INET) {
      long bits = Integer.reverseBytes(addresses.getInt(at + 4)) & 0xffff_ffffL;
      into.set(true, bits << 32, 0, 32);
    } else {
      long high = Long.reverseBytes(addresses.getLong(at + 8));
      long low = Long.reverseBytes(addresses.getLong(at + 16));
      into.set(false, high, low, 128);
    }
  }

  /** A copy of who sent a message, for {@link UdpSocket#sendTo}: a struct sockaddr. */
  public byte[] sender(int slot) {
    int octets = received.getInt(slot * HEADER_OCTETS + HEADER_NAME_LENGTH);
    byte[] copy = new byte[Math.min(octets, ADDRESS_LENGTH_MAX)];
    addresses.get(slot * ADDRESS_OCTETS, copy);
    return copy;
  }

  /** Takes the message of a slot, of another length now, for the next {@link UdpSocket#send}. */
  public void answer(int slot, int length) {
    int from = slot * HEADER_OCTETS;
    int to = answers * HEADER_OCTETS;
    sent.putLong(to + HEADER_NAME, received.getLong(from + HEADER_NAME));
    sent.putInt(to + HEADER_NAME_LENGTH, received.getInt(from + HEADER_NAME_LENGTH));
    sentVectors.putLong(answers * VECTOR_OCTETS, messageAt[slot]);
    sentVectors.putLong(answers * VECTOR_OCTETS + VECTOR_LENGTH, length);
    answers++;
  }

  /** How many answers wait to be sent. */
  int answers() {
    return answers;
  }

  /** Makes room for the next messages. */
  void clear(int used) {
    answers = 0;
    for (int i = 0; i < used; i++) {
      received.putInt(i * HEADER_OCTETS + HEADER_NAME_LENGTH, ADDRESS_LENGTH_MAX);
    }
  }

  MemorySegment receivedHeaders() {
    return receivedHeaders;
  }

  /** The headers of answers. */
  MemorySegment sentHeaders() {
    return sentHeaders;
  }

  /** Moves the answers from one on to the front: the earlier ones are gone. */
  void dropAnswers(int count) {
    for (int i = count; i < answers; i++) {
      int from = i * HEADER_OCTETS;
      int to = (i - count) * HEADER_OCTETS;
      sent.putLong(to + HEADER_NAME, sent.getLong(from + HEADER_NAME));
      sent.putInt(to + HEADER_NAME_LENGTH, sent.getInt(from + HEADER_NAME_LENGTH));
      sentVectors.putLong((i - count) * VECTOR_OCTETS, sentVectors.getLong(i * VECTOR_OCTETS));
      sentVectors.putLong(
          (i - count) * VECTOR_OCTETS + VECTOR_LENGTH,
          sentVectors.getLong(i * VECTOR_OCTETS + VECTOR_LENGTH));
    }
    answers -= count;
  }
}
