package net.dglb.mapping.session;

import java.time.Duration;
import java.util.Optional;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Hello;
import net.dglb.mapping.wire.Role;
import net.dglb.mapping.wire.Welcome;
import net.dglb.time.Cancellable;

/** What both sides say first, and the checks of it (PROTOCOL.md, Greeting). Pure. */
final class Greetings {

  /** The one version of the protocol that there is. */
  static final int VERSION = 1;

  private static final int MAX_CAPABILITIES = 256;

  private Greetings() {}

  static Hello hello(Hello said, PeerIdentity self, SessionSettings settings) {
    return said.toBuilder()
        .setVersionMin(VERSION)
        .setVersionMax(VERSION)
        .setRole(wire(self.role()))
        .setId(self.id())
        .setPingIntervalMillis(millis(settings.pingInterval()))
        .setMaxFrameBytes(settings.maxFrameBytes())
        .build();
  }

  static Welcome welcome(Welcome said, PeerIdentity self, SessionSettings settings) {
    return said.toBuilder()
        .setVersion(VERSION)
        .setRole(wire(self.role()))
        .setId(self.id())
        .setPingIntervalMillis(millis(settings.pingInterval()))
        .setMaxFrameBytes(settings.maxFrameBytes())
        .build();
  }

  /** A Welcome in the form of a Hello. */
  static Hello asHello(Welcome welcome) {
    Hello.Builder hello =
        Hello.newBuilder()
            .setVersionMin(welcome.getVersion())
            .setVersionMax(welcome.getVersion())
            .setRole(welcome.getRole())
            .setId(welcome.getId())
            .addAllCapabilities(welcome.getCapabilitiesList())
            .setSoftware(welcome.getSoftware())
            .setPingIntervalMillis(welcome.getPingIntervalMillis())
            .setMaxFrameBytes(welcome.getMaxFrameBytes());
    if (welcome.hasHighestVersion()) {
      hello.setHighestVersion(welcome.getHighestVersion());
    }
    return hello.build();
  }

  /** Why this peer may not go on, if so; its certificate is verified already. */
  static Optional<Refusal> check(Hello hello, PeerIdentity certified) {
    if (hello.getVersionMin() > VERSION || hello.getVersionMax() < VERSION) {
      return refuse(
          ErrorCode.ERROR_VERSION,
          "protocol versions "
              + hello.getVersionMin()
              + " to "
              + hello.getVersionMax()
              + " (expected a range with "
              + VERSION
              + " in it)");
    }
    if (hello.getRole() != wire(certified.role()) || !hello.getId().equals(certified.id())) {
      return refuse(
          ErrorCode.ERROR_IDENTITY,
          "greeting of "
              + hello.getRole()
              + " \""
              + hello.getId()
              + "\" (expected what the certificate says: "
              + certified
              + ")");
    }
    int frameBytes = hello.getMaxFrameBytes();
    if (frameBytes >= 0 && frameBytes < SessionSettings.HANDSHAKE_FRAME_BYTES) {
      return refuse(
          ErrorCode.ERROR_INVALID,
          "max_frame_bytes: "
              + frameBytes
              + " (expected at least "
              + SessionSettings.HANDSHAKE_FRAME_BYTES
              + ")");
    }
    if (hello.getCapabilitiesCount() > MAX_CAPABILITIES) {
      return refuse(
          ErrorCode.ERROR_TOO_MANY,
          hello.getCapabilitiesCount()
              + " capabilities (expected at most "
              + MAX_CAPABILITIES
              + ")");
    }
    return Optional.empty();
  }

  /** The largest frame that this peer accepts; the field is unsigned. */
  static int maxFrameBytes(Hello hello) {
    int stated = hello.getMaxFrameBytes();
    return stated < 0 ? Integer.MAX_VALUE : stated;
  }

  /** Ends the connection if it is not called off in time. */
  static Cancellable deadline(Connection connection, LocalSide side, String awaited) {
    Duration patience = side.session().handshakeTimeout();
    return side.timeline()
        .after(
            patience,
            () ->
                connection.fail(
                    ErrorCode.ERROR_TIMEOUT,
                    "no " + awaited + " within " + patience.toMillis() + " ms"));
  }

  static Role wire(NodeRole role) {
    return switch (role) {
      case AUTHORITY -> Role.ROLE_AUTHORITY;
      case BACKBONE -> Role.ROLE_BACKBONE;
      case LOAD_BALANCER -> Role.ROLE_LOAD_BALANCER;
      case MEASUREMENT_SERVICE -> Role.ROLE_MEASUREMENT_SERVICE;
    };
  }

  private static int millis(Duration duration) {
    return (int) duration.toMillis();
  }

  private static Optional<Refusal> refuse(ErrorCode code, String text) {
    return Optional.of(new Refusal(code, text));
  }
}
