package net.dglb.node;

import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.dglb.identity.PeerIdentity;

/**
 * A call of the admin API.
 *
 * @param parameters those of the path and of the query by name; the first value if one repeats
 * @param body the JSON object that was sent, if any
 * @param remote the address that calls
 * @param peer who the caller's certificate says it is; empty on loopback without TLS
 * @param token the bearer token that was shown (RFC 6750 section 2.1), if any
 */
public record AdminRequest(
    Map<String, String> parameters,
    Optional<JsonObject> body,
    String remote,
    Optional<PeerIdentity> peer,
    Optional<String> token) {

  /** A call on loopback without a token. */
  public AdminRequest(Map<String, String> parameters, Optional<JsonObject> body, String remote) {
    this(parameters, body, remote, Optional.empty(), Optional.empty());
  }

  /** A parameter, if it was given. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /**
   * A parameter that is a moment, if it was given.
   *
   * @throws IllegalArgumentException if it is none
   */
  public Optional<Instant> moment(String name) {
    return parameter(name).map(text -> moment(name, text));
  }

  private static Instant moment(String name, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          name + ": " + text + " (expected a moment such as 2026-01-31T12:00:00Z)", e);
    }
  }

  /**
   * Whether the caller may change something: everybody on loopback, else only operators.
   *
   * @param operators identities in certificates, from {@code node.operators}
   */
  public boolean isOperator(Set<String> operators) {
    return peer.map(who -> operators.contains(who.toString())).orElse(true);
  }

  /** Who calls, for the log: the certificate's identity, else the remote address. */
  public String caller() {
    return peer.map(PeerIdentity::toString).orElse(remote);
  }

  /** Without the token. */
  @Override
  public String toString() {
    return caller() + " " + parameters;
  }
}
