package net.dglb.backbone.registry.api;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.Set;
import net.dglb.backbone.registry.Caller;
import net.dglb.backbone.registry.state.RegistryState;
import net.dglb.backbone.registry.wire.EnterpriseRecord;
import net.dglb.node.AdminRequest;

/**
 * Who calls and what they may touch.
 *
 * @param enterprise the only one whose zones may be touched; empty for the operator, who may all
 * @param caller for the audit
 */
record Access(Optional<String> enterprise, Caller caller) {

  /** Somebody who may not call; the message says what was expected. */
  static final class DeniedException extends Exception {

    @java.io.Serial private static final long serialVersionUID = 1;
    private final int status;

    DeniedException(int status, String message) {
      super(message);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  /**
   * Tells who calls: an enterprise by its token or certificate; the operator on loopback or by a
   * certificate.
   *
   * @param operators the identities in certificates that may act as the operator
   */
  static Access of(AdminRequest request, RegistryState state, Set<String> operators)
      throws DeniedException {
    if (request.token().isPresent()) {
      String name = enterprise(hash(request.token().get()), state);
      return new Access(Optional.of(name), new Caller("enterprise " + name, request.remote()));
    }
    if (request.peer().isEmpty()) {
      return new Access(Optional.empty(), new Caller("operator", request.remote()));
    }
    String peer = request.peer().get().toString();
    if (request.isOperator(operators)) {
      return new Access(Optional.empty(), new Caller(peer, request.remote()));
    }
    return state.enterprises().values().stream()
        .filter(known -> known.getIdentity().equals(peer))
        .findFirst()
        .map(known ->
            new Access(
                Optional.of(known.getName()),
                new Caller("enterprise " + known.getName(), request.remote())))
        .orElseThrow(() ->
            new DeniedException(
                403,
                peer
                    + " is no operator (expected: one of node.operators, an enterprise's"
                    + " certificate, or a token)"));
  }

  private static String enterprise(ByteString hash, RegistryState state) throws DeniedException {
    String found = null;
    for (EnterpriseRecord known : state.enterprises().values()) {
      if (MessageDigest.isEqual(known.getTokenHash().toByteArray(), hash.toByteArray())) {
        found = known.getName();
      }
    }
    if (found == null) {
      throw new DeniedException(401, "token (expected: the token of an enterprise)");
    }
    return found;
  }

  /** What is stored of a token: it is random and long, so that its hash needs no salt. */
  static ByteString hash(String token) {
    try {
      return ByteString.copyFrom(
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no SHA-256", e);
    }
  }

  /** Requires that an enterprise's things may be touched. */
  void require(String owner) throws DeniedException {
    if (enterprise.isPresent() && !enterprise.get().equals(owner)) {
      throw new DeniedException(
          403, "enterprise " + owner + " (expected: " + enterprise.get() + ", whose token it is)");
    }
  }

  /** Requires the operator. */
  void requireOperator() throws DeniedException {
    if (enterprise.isPresent()) {
      throw new DeniedException(403, "a token of an enterprise (expected: the operator)");
    }
  }
}
