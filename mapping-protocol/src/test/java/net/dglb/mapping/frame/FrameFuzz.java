package net.dglb.mapping.frame;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.dglb.mapping.convert.AnnouncementAssembler;
import net.dglb.mapping.convert.HeldZone;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.convert.WireDuties;
import net.dglb.mapping.convert.WireEstimates;
import net.dglb.mapping.convert.WireLabels;
import net.dglb.mapping.convert.WireLoad;
import net.dglb.mapping.convert.WireNodes;
import net.dglb.mapping.convert.WireSayings;
import net.dglb.mapping.convert.ZoneAssembler;
import net.dglb.mapping.wire.Frame;

/**
 * What a fuzzer calls: the first octet says in what pieces the rest, a stream of frames, comes.
 * However it is cut, the same frames come out and the same refusal; and their content is read or
 * refused, never anything else. Run by {@code dns-authority/fuzz.sh frames}; {@link
 * FrameCorpusTest} replays what was kept.
 */
public final class FrameFuzz {

  private static final int LIMIT = 64 * 1024;

  /** Everything that one connection's converters keep between frames. */
  private static final class Reader {
    private final AnnouncementAssembler announcements = new AnnouncementAssembler("lb-1");
    private final ZoneAssembler updates = new ZoneAssembler();
    private final ZoneAssembler registrations = new ZoneAssembler();
    private final WireSayings sayings = new WireSayings();

    void read(Frame frame) {
      try {
        Object content =
            switch (frame.getMessageCase()) {
              case BACKBONE_NODES -> WireNodes.fromWire(frame.getBackboneNodes());
              case NEIGHBOURS -> WireNodes.fromWire(frame.getNeighbours());
              case ANNOUNCE -> announcements.add(frame.getAnnounce());
              case ZONE_UPDATE -> updates.add(frame.getZoneUpdate());
              case REGISTER -> registrations.add(frame.getRegister());
              case DUTY -> WireDuties.fromWire(frame.getDuty());
              case DELEGATION -> WireDuties.fromWire(frame.getDelegation());
              case ADDRESS_CHECK -> WireDuties.nameOf(frame.getAddressCheck());
              case ZONES_HELD -> HeldZone.fromWire(frame.getZonesHeld());
              case SITES_SAID -> sayings.add(frame.getSitesSaid());
              case ESTIMATES -> WireEstimates.fromWire(frame.getEstimates());
              case LOAD -> WireLoad.fromWire(frame.getLoad());
              case SIGNED_SETS -> WireLabels.fromWire(frame.getSignedSets());
              default -> Optional.empty();
            };
        if (content == null) {
          throw new AssertionError("nothing was read from " + frame.getMessageCase());
        }
      } catch (MalformedMessageException e) {
        if (e.getMessage() == null || e.getMessage().isBlank()) {
          throw new AssertionError("a refusal without a reason", e);
        }
      }
    }
  }

  private FrameFuzz() {}

  /** Decodes a stream as a whole and in pieces, and compares. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < 2) {
      return;
    }
    byte[] stream = Arrays.copyOfRange(input, 1, input.length);
    List<FrameVerdict> whole = decoded(stream, stream.length);
    List<FrameVerdict> pieces = decoded(stream, 1 + (input[0] & 0xff));
    if (!whole.equals(pieces)) {
      throw new AssertionError(whole + " as a whole, in pieces " + pieces);
    }
    Reader reader = new Reader();
    for (FrameVerdict verdict : whole) {
      if (verdict instanceof FrameVerdict.Complete complete) {
        reader.read(complete.frame());
      }
    }
  }

  private static List<FrameVerdict> decoded(byte[] stream, int piece) {
    FrameDecoder decoder = new FrameDecoder(LIMIT);
    List<FrameVerdict> verdicts = new ArrayList<>();
    for (int at = 0; at < stream.length; at += piece) {
      int end = Math.min(stream.length, at + piece);
      decoder.append(Buffer.buffer(Arrays.copyOfRange(stream, at, end)));
      FrameVerdict verdict = decoder.next();
      while (verdict instanceof FrameVerdict.Complete) {
        verdicts.add(verdict);
        verdict = decoder.next();
      }
      if (verdict instanceof FrameVerdict.Refused) {
        verdicts.add(verdict);
        break;
      }
    }
    return verdicts;
  }
}
