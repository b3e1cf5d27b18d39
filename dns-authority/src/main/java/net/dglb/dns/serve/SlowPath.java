package net.dglb.dns.serve;

import java.io.IOException;
import java.net.InetAddress;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.Transport;

/**
 * What takes the messages that no table can answer: zone transfers, updates, and whatever is signed
 * (RFC 8945). Called on the DNS threads.
 */
public interface SlowPath {

  /** A message as it came: its header and its question are sound, nothing else is known. */
  final class Request {

    private final byte[] octets;
    private final InetAddress source;
    private final Transport transport;
    private final int mostOctets;
    private final byte[] opt;
    private final Replies replies;
    private final WaitingRoom.Late server;

    Request(
        byte[] octets,
        InetAddress source,
        Transport transport,
        int mostOctets,
        byte[] opt,
        Replies replies,
        WaitingRoom.Late server) {
      this.octets = octets;
      this.source = source;
      this.transport = transport;
      this.mostOctets = mostOctets;
      this.opt = opt;
      this.replies = replies;
      this.server = server;
    }

    /** The whole message; nobody else has this array. */
    public byte[] octets() {
      return octets;
    }

    /** Who sent it, unless the address is forged. */
    public InetAddress source() {
      return source;
    }

    /** What carried it. */
    public Transport transport() {
      return transport;
    }

    /**
     * How long a message of the answer may be: over UDP what the sender takes, and no more than the
     * server sends to a source that nothing proves.
     */
    public int mostOctets() {
      return mostOctets;
    }

    /**
     * The OPT record of the answer in wire form, with what the server tells everybody in it, such
     * as a cookie; empty if the message had none.
     */
    public byte[] opt() {
      return opt;
    }

    /** Takes the answer. */
    public Replies replies() {
      return replies;
    }

    /**
     * What the server answers to an ordinary query that came like this message, for instance to
     * what is left of it without its signature; empty for silence. From any thread.
     */
    public byte[] answer(byte[] query) {
      return server.answer(query, source, transport);
    }
  }

  /** Takes the messages of one answer. */
  interface Replies {

    /**
     * Whether a zone may be sent this way: not over a version of TLS below 1.3 (RFC 9103 section
     * 7.2).
     */
    default boolean carriesZones() {
      return true;
    }

    /**
     * Sends a message. Waits while the peer is slow, for a bounded time: never call it on a DNS
     * thread.
     *
     * @throws IOException if it was not sent and nothing more will be
     */
    void send(byte[] message) throws IOException;

    /**
     * Sends the last message, without waiting; to be called once, also after a failure.
     *
     * @param last empty if there is no more
     */
    void end(byte[] last);
  }

  /**
   * Whether a message is to be taken, instead of being answered from a table; allocates nothing.
   * Else those that are no ordinary queries are.
   */
  default boolean wants(Query query) {
    return query.isBeyondQueries();
  }

  /**
   * Takes a message without waiting for anything.
   *
   * @return false if there is no room for it now; its replies are not used then
   */
  boolean take(Request request);
}
