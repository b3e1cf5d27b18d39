package net.dglb.backbone.registry.state;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Instant;
import net.dglb.backbone.registry.wire.Command;
import net.dglb.backbone.registry.wire.Outcome;
import net.dglb.backbone.registry.wire.SaySites;
import net.dglb.decision.said.Saying;
import net.dglb.decision.said.Sayings;
import net.dglb.decision.said.SitePattern;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.convert.NetworkSayings;
import net.dglb.mapping.convert.WireSayings;
import net.dglb.mapping.wire.SitesSaid;

/** Saying something of sites for the whole network, as a function of the state. */
final class SayingCommands {

  private SayingCommands() {}

  static RegistryState.Step say(RegistryState state, Command command, SaySites asked) {
    String subject =
        asked.getPattern()
            + (asked.getState().isEmpty() ? " by probes" : " " + asked.getState())
            + ": "
            + asked.getWhy();
    try {
      Sayings before = state.said().sayings();
      Sayings next = next(before, command, asked);
      if (next.equals(before)) {
        Outcome nothing =
            Outcomes.of(
                Outcome.Kind.KIND_UNKNOWN,
                "nothing is said with the pattern " + SitePattern.parse(asked.getPattern()));
        return state.audited(command, "say-sites", subject, nothing);
      }
      // By the clock too: whoever lost the log must not fall below what load balancers keep.
      long version = Math.max(state.said().version() + 1, command.getAtEpochMillis());
      return state
          .with(new NetworkSayings(version, next))
          .audited(command, "say-sites", subject, Outcomes.stored(version));
    } catch (IllegalArgumentException e) {
      String text = String.valueOf(e.getMessage());
      return state.audited(
          command, "say-sites", subject, Outcomes.of(Outcome.Kind.KIND_INVALID, text));
    }
  }

  private static Sayings next(Sayings before, Command command, SaySites asked) {
    SitePattern pattern = SitePattern.parse(asked.getPattern());
    if (asked.getState().isEmpty()) {
      return before.without(pattern);
    }
    return before.with(
        new Saying(
            pattern,
            Saying.state(asked.getState()),
            asked.getWho(),
            asked.getWhy(),
            Instant.ofEpochMilli(command.getAtEpochMillis())));
  }

  static ByteString toWire(NetworkSayings said) {
    return said.version() == 0 ? ByteString.EMPTY : WireSayings.whole(said).toByteString();
  }

  static NetworkSayings fromWire(ByteString bytes) throws InvalidProtocolBufferException {
    try {
      return WireSayings.fromWire(SitesSaid.parseFrom(bytes));
    } catch (MalformedMessageException e) {
      throw new IllegalArgumentException("sites said: " + e.getMessage(), e);
    }
  }
}
