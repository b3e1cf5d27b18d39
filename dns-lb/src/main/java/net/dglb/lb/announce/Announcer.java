package net.dglb.lb.announce;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import net.dglb.lb.session.BackboneSessions;
import net.dglb.mapping.convert.AnnouncementVersion;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.session.Session;
import net.dglb.mapping.session.SessionListener;
import net.dglb.mapping.wire.Announce;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Version;
import net.dglb.mapping.wire.Withdraw;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps every backbone node informed of this load balancer's statement. Each statement has a
 * version above all earlier ones: it is on disk before it is sent, and a node that stored a higher
 * one (the disk was lost) makes this load balancer go on in the next generation. Used on the
 * control thread only.
 */
public final class Announcer implements SessionListener {

  private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

  private final String loadBalancer;
  private final VersionStore store;
  private final BackboneSessions sessions;
  private final InstantSource clock;
  private final NavigableMap<String, Acceptance> acceptances = new TreeMap<>();
  private AnnouncementVersion version;
  private Instant made;
  private @Nullable Statement statement;
  private Optional<String> leaving = Optional.empty();
  private boolean versionSent;
  private long correlation;

  /**
   * Continues from the version on disk; nothing is announced before {@link #announce}.
   *
   * @param clock tells when a version was made, to all backbone nodes alike
   */
  public Announcer(
      String loadBalancer, VersionStore store, BackboneSessions sessions, InstantSource clock) {
    this.loadBalancer = loadBalancer;
    this.store = store;
    this.sessions = sessions;
    this.clock = clock;
    this.version = store.load();
    this.made = clock.instant();
  }

  /** States something new to every backbone node; the same again is not sent again. */
  public void announce(Statement now) {
    if (!now.equals(statement) && leaving.isEmpty()) {
      statement = now;
      continueAt(version.next());
    }
  }

  /** States the same again to every backbone node that did not permit it: it may permit it now. */
  public void announceWhatWasForbidden() {
    for (Session session : sessions.open()) {
      Acceptance acceptance = acceptances.get(session.peer().id());
      if (acceptance != null && acceptance.isForbidden()) {
        say(session);
      }
    }
  }

  /** Takes the announcement back at every backbone node, also at those that are met later. */
  public void withdraw(String reason) {
    if (leaving.isEmpty()) {
      leaving = Optional.of(reason);
      continueAt(version.next());
    }
  }

  /** Whether every node with an open session has acknowledged what was said last. */
  public boolean isAcknowledgedByAll() {
    return sessions.open().stream()
        .map(session -> acceptances.get(session.peer().id()))
        .allMatch(it -> it != null && it.isAcknowledged(version));
  }

  /** How long to go on answering after the withdrawal: the longest that any node asked for. */
  public Duration serveFor() {
    return Duration.ofSeconds(
        acceptances.values().stream().mapToLong(Acceptance::serveSeconds).max().orElse(0));
  }

  /** The version that was said last. */
  public Version version() {
    return version.toWire();
  }

  /** What errors about the last statement are known by. */
  long correlation() {
    return correlation;
  }

  /** The same for people, for example {@code 1.4}. */
  public String versionInWords() {
    return version.toString();
  }

  /** Per backbone node what it answered to the last statement, in words. */
  public NavigableMap<String, String> acceptances() {
    NavigableMap<String, String> words = new TreeMap<>();
    acceptances.forEach((node, it) -> words.put(node, it.inWords(version)));
    return words;
  }

  @Override
  public void opened(Session session) {
    acceptances.put(session.peer().id(), new Acceptance());
    AnnouncementVersion stored = read(session, session.hello().getHighestVersion());
    if (stored.isAbove(version) || (stored.equals(version) && !versionSent)) {
      LOG.info(
          "{} has stored version {} of this load balancer: continuing above it",
          session.peer().id(),
          stored);
      continueAt(version.nextAbove(stored));
    } else {
      say(session);
    }
  }

  @Override
  public void closed(Session session, String why) {
    Acceptance acceptance = acceptances.get(session.peer().id());
    if (acceptance != null) {
      acceptance.lost(why);
    }
  }

  @Override
  public void received(Session session, Frame frame) {
    Acceptance acceptance = acceptances.get(session.peer().id());
    if (acceptance == null) {
      return;
    }
    switch (frame.getMessageCase()) {
      case ANNOUNCE_ACK ->
          acceptance.acknowledged(read(session, frame.getAnnounceAck().getVersion()), 0);
      case WITHDRAW_ACK ->
          acceptance.acknowledged(
              read(session, frame.getWithdrawAck().getVersion()),
              Integer.toUnsignedLong(frame.getWithdrawAck().getServeSeconds()));
      case ERROR -> refused(session, frame, acceptance);
      default -> {}
    }
  }

  private void refused(Session session, Frame frame, Acceptance acceptance) {
    if (frame.getCorrelation() != correlation) {
      LOG.warn("{} reports an error: {}", session.peer().id(), frame.getError().getText());
      return;
    }
    ErrorCode code = frame.getError().getCode();
    boolean again = code == ErrorCode.ERROR_OLD_VERSION && !acceptance.isRefused();
    if (acceptance.refused(code, frame.getError().getText())) {
      LOG.warn(
          "announcement {} at {}: {}", version, session.peer().id(), acceptance.inWords(version));
    }
    if (again) {
      continueAt(version.nextAbove(read(session, frame.getError().getStoredVersion())));
    }
  }

  private static AnnouncementVersion read(Session session, Version message) {
    try {
      return AnnouncementVersion.fromWire(message);
    } catch (MalformedMessageException e) {
      LOG.warn("{} names no version of an announcement: {}", session.peer(), e.getMessage());
      session.close(ErrorCode.ERROR_MALFORMED, String.valueOf(e.getMessage()));
      return AnnouncementVersion.NONE;
    }
  }

  private void continueAt(AnnouncementVersion next) {
    version = next;
    made = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    versionSent = false;
    store.save(version);
    correlation++;
    sessions.open().forEach(this::say);
  }

  private void say(Session session) {
    List<Frame> frames = frames();
    frames.forEach(session::send);
    versionSent |= !frames.isEmpty();
  }

  private List<Frame> frames() {
    List<Frame> frames = new ArrayList<>();
    if (leaving.isPresent()) {
      frames.add(
          frame()
              .setWithdraw(
                  Withdraw.newBuilder().setVersion(version.toWire()).setReason(leaving.get()))
              .build());
    } else if (statement != null) {
      for (Announce page : statement.pages(loadBalancer, version, made)) {
        frames.add(frame().setAnnounce(page).build());
      }
    }
    return frames;
  }

  private Frame.Builder frame() {
    return Frame.newBuilder().setCorrelation(correlation);
  }
}
