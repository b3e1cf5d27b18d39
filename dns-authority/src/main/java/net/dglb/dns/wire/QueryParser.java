package net.dglb.dns.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Parses a query in place: the first step of every answer. Never throws for what the message holds:
 * every read is checked against its length first.
 */
public final class QueryParser {

  private static final int HEADER_OCTETS = 12;
  private static final int CLASS_IN = 1;
  private static final int CLASS_CHAOS = 3;
  private static final int MAX_LABEL_OCTETS = 63;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private QueryParser() {}

  /**
   * Reads a message into a query. The query's source is left as it is.
   *
   * @param packet holds the message from index 0 on, in network byte order
   * @param length the message's length in octets
   */
  public static ParseVerdict parse(
      ByteBuffer packet, int length, Transport transport, Query query) {
    query.reset(transport);
    if (length < HEADER_OCTETS) {
      return ParseVerdict.DROP;
    }
    int head = packet.getInt(0);
    query.id = head >>> Short.SIZE;
    query.flags = head & 0xffff;
    query.length = length;
    if ((query.flags & MessageFlags.QR) != 0) {
      return ParseVerdict.DROP;
    }
    if ((query.flags & MessageFlags.OPCODE) != 0) {
      query.beyondQueries = (query.flags & MessageFlags.OPCODE) == MessageFlags.UPDATE;
      return unanswerable(packet, length, query, ParseVerdict.NOTIMP);
    }
    int counts = packet.getInt(4);
    int questions = counts >>> Short.SIZE;
    int answers = counts & 0xffff;
    // At most one question (RFC 9619), and none only to get a cookie (RFC 7873 section 5.4). TC is
    // ignored: no RFC says what it means in a query, and here is all that the counts promise.
    if (questions > 1 || answers != 0) {
      return unanswerable(packet, length, query, ParseVerdict.FORMERR);
    }
    if (questions == 1) {
      if (!readQuestion(packet, length, query)) {
        return ParseVerdict.FORMERR;
      }
      NameHash.hashSuffixes(packet, query);
    }
    int behind = packet.getInt(8);
    int authorities = behind >>> Short.SIZE;
    int additionals = behind & 0xffff;
    int start = Math.max(HEADER_OCTETS, query.questionEnd);
    if (!RecordReader.read(packet, length, start, authorities, additionals, query)) {
      return ParseVerdict.FORMERR;
    }
    return verdict(query, authorities);
  }

  /**
   * Looks only for the OPT record: whoever speaks EDNS is answered in it, and in a version that
   * both know, whatever else is wrong (RFC 6891 sections 6.1.1 and 6.1.3). A message that cannot be
   * walked so far gets what it would get without one.
   */
  private static ParseVerdict unanswerable(
      ByteBuffer packet, int length, Query query, ParseVerdict verdict) {
    int counts = packet.getInt(4);
    int behind = packet.getInt(8);
    int start = RecordReader.skipQuestions(packet, length, counts >>> Short.SIZE);
    int others = (counts & 0xffff) + (behind >>> Short.SIZE);
    boolean walked =
        start >= 0 && RecordReader.read(packet, length, start, others, behind & 0xffff, query);
    return walked && query.ednsVersion != 0 ? ParseVerdict.BADVERS : verdict;
  }

  private static ParseVerdict verdict(Query query, int authorities) {
    if (query.edns && query.ednsVersion != 0) {
      return ParseVerdict.BADVERS;
    }
    if (query.questionEnd == 0) {
      return query.cookiePresent ? ParseVerdict.COOKIE_ONLY : ParseVerdict.FORMERR;
    }
    if (query.type == RecordType.AXFR || query.type == RecordType.IXFR) {
      query.beyondQueries = true;
      return ParseVerdict.REFUSED;
    }
    if (authorities != 0) {
      return ParseVerdict.FORMERR;
    }
    return switch (query.questionClass) {
      case CLASS_IN -> ParseVerdict.ANSWERABLE;
      case CLASS_CHAOS -> ParseVerdict.CHAOS;
      default -> ParseVerdict.REFUSED;
    };
  }

  private static boolean readQuestion(ByteBuffer packet, int length, Query query) {
    int end = readName(packet, length, query);
    if (end < 0 || end + 4 > length) {
      return false;
    }
    int kind = packet.getInt(end);
    query.type = kind >>> Short.SIZE;
    query.questionClass = kind & 0xffff;
    query.questionEnd = end + 4;
    return true;
  }

  /**
   * Notes the labels of the question's name and copies it in lower case. A compression pointer is
   * an error here: there is nothing before the question to point at.
   *
   * @return where the name ends in the message, or -1
   */
  private static int readName(ByteBuffer packet, int length, Query query) {
    int at = 0;
    int labels = 0;
    int space = Math.min(length - Query.QUESTION_OFFSET, Query.MAX_NAME_OCTETS);
    while (at < space) {
      int octets = packet.get(Query.QUESTION_OFFSET + at) & 0xff;
      query.labelOffsets[labels] = at;
      if (octets == 0) {
        query.nameLength = at + 1;
        query.labelCount = labels;
        copyName(packet, query);
        return Query.QUESTION_OFFSET + at + 1;
      }
      if (octets > MAX_LABEL_OCTETS) {
        return -1;
      }
      at += octets + 1;
      labels++;
    }
    return -1;
  }

  /** Eight octets at a time; those at the end together with some before them. */
  private static void copyName(ByteBuffer packet, Query query) {
    int octets = query.nameLength;
    int at = 0;
    while (at + Long.BYTES <= octets) {
      WORDS.set(query.name, at, NameHash.lower(packet.getLong(Query.QUESTION_OFFSET + at)));
      at += Long.BYTES;
    }
    int rest = octets - at;
    long last = packet.getLong(Query.QUESTION_OFFSET + octets - Long.BYTES);
    WORDS.set(query.name, at, NameHash.lower(last) << ((Long.BYTES - rest) * Byte.SIZE));
  }
}
