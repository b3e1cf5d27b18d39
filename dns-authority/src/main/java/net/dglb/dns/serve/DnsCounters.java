package net.dglb.dns.serve;

import java.util.Map;

/**
 * What a server, or one of its parts, has done since it started. Reading it costs the DNS threads
 * nothing; numbers of one moment may differ by a few queries in flight.
 *
 * @param queriesByTransport messages received, by {@code udp}, {@code tcp} and {@code tls}
 * @param queriesByType well-formed questions by type: {@code A}, {@code AAAA}, {@code NS}, {@code
 *     SOA}, {@code CNAME}, {@code TXT}, {@code MX}, {@code HTTPS}, {@code DS}, {@code DNSKEY},
 *     {@code ANY}, {@code other}
 * @param answersByRcode answers by code: {@code NOERROR}, {@code FORMERR}, {@code SERVFAIL}, {@code
 *     NXDOMAIN}, {@code NOTIMP}, {@code REFUSED}, {@code BADVERS}, {@code other}
 * @param truncated answers with TC
 * @param dropped messages without an answer, since they were not queries
 * @param malformed messages that broke the format
 * @param failures exceptions while answering; each also counts as SERVFAIL
 * @param quarantined questions answered with SERVFAIL at once, since they had raised an exception
 * @param denied messages and connections of sources that get no answer
 * @param limited answers held back by the response rate limit
 * @param slipped answers that the limit left truncated
 * @param handedOn updates, zone transfers and signed messages, which are answered by other threads
 * @param overloaded such messages for which there was no room
 * @param postponed questions that waited for what was about to be known
 * @param sendErrors answers that the system did not take
 * @param receiveErrors failures of the system to deliver a message
 * @param tcpRefused TCP connections closed at once because of a limit
 * @param handshakesRefused connections for DNS over TLS that came to no TLS session, by why: the
 *     words of {@link net.dglb.identity.HandshakeFailure}
 */
public record DnsCounters(
    Map<String, Long> queriesByTransport,
    Map<String, Long> queriesByType,
    Map<String, Long> answersByRcode,
    long truncated,
    long dropped,
    long malformed,
    long failures,
    long quarantined,
    long denied,
    long limited,
    long slipped,
    long handedOn,
    long overloaded,
    long postponed,
    long sendErrors,
    long receiveErrors,
    long tcpRefused,
    Map<String, Long> handshakesRefused) {

  /** Copies the maps. */
  public DnsCounters {
    queriesByTransport = Map.copyOf(queriesByTransport);
    queriesByType = Map.copyOf(queriesByType);
    answersByRcode = Map.copyOf(answersByRcode);
    handshakesRefused = Map.copyOf(handshakesRefused);
  }
}
