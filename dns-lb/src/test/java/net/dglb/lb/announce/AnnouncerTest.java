package net.dglb.lb.announce;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.identity.NodeRole;
import net.dglb.lb.resolvers.ResolverSet;
import net.dglb.lb.session.BackboneSessions;
import net.dglb.mapping.convert.AnnouncementPages;
import net.dglb.mapping.convert.AnnouncementVersion;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.session.InMemorySession;
import net.dglb.mapping.wire.Announce;
import net.dglb.mapping.wire.AnnounceAck;
import net.dglb.mapping.wire.Error;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Version;
import net.dglb.mapping.wire.WithdrawAck;
import net.dglb.net.Location;
import net.dglb.net.Prefix;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnnouncerTest {

  private static final Statement FIRST = beside("198.51.100.0/24");
  private static final Statement SECOND = beside("203.0.113.0/24");

  private Instant now = Instant.parse("2026-01-01T00:00:00.123456Z");
  private final Map<String, byte[]> disk = new HashMap<>();
  private BackboneSessions sessions = new BackboneSessions();
  private Announcer announcer = started();

  @BeforeEach
  void start() {
    announcer = started();
  }

  private Announcer started() {
    sessions = new BackboneSessions();
    Announcer fresh =
        new Announcer("lb-nyc-1", new VersionStore(disk, () -> {}), sessions, () -> now);
    sessions.connect(List.of(fresh));
    return fresh;
  }

  @Test
  void announcesToEveryBackboneNodeThatIsMet() {
    announcer.announce(FIRST);
    InMemorySession one = open("backbone-1", 0, 0);
    InMemorySession two = open("backbone-2", 0, 0);
    assertThat(announcement(one)).isEqualTo(announcement(two));
    Announce said = announcement(one);
    assertThat(said.getPages()).isEqualTo(1);
    assertThat(said.getDnsPort()).isEqualTo(53);
    assertThat(said.getAddressesCount()).isEqualTo(2);
    assertThat(said.getResolverPrefixesList()).hasSize(1);
    assertThat(said.getLocation().getLatitude()).isEqualTo(40.7);
  }

  @Test
  void announcesAChangeWithAHigherVersionAndTheSameStatementOnlyOnce() {
    announcer.announce(FIRST);
    InMemorySession session = open("backbone-1", 0, 0);
    Version before = announcement(session).getVersion();
    announcer.announce(beside("198.51.100.0/24"));
    assertThat(session.sent()).hasSize(1);
    announcer.announce(SECOND);
    assertThat(session.sent()).hasSize(2);
    assertThat(isAbove(announcement(session).getVersion(), before)).isTrue();
  }

  @Test
  void goesOnAboveItsLastVersionAfterARestart() {
    announcer.announce(FIRST);
    Version before = announcement(open("backbone-1", 0, 0)).getVersion();
    announcer = started();
    announcer.announce(FIRST);
    InMemorySession again = open("backbone-1", before.getGeneration(), before.getCounter());
    assertThat(isAbove(announcement(again).getVersion(), before)).isTrue();
  }

  @Test
  void goesOnAboveWhatTheBackboneStoredAfterALostDisk() {
    announcer.announce(FIRST);
    InMemorySession fresh = open("backbone-1", 0, 0);
    InMemorySession knowing = open("backbone-2", 4, 17);
    assertThat(announcement(knowing).getVersion().getGeneration()).isEqualTo(5);
    assertThat(announcement(fresh).getVersion()).isEqualTo(announcement(knowing).getVersion());
  }

  @Test
  void doesNotTakeAnEarlierLifesStatementForItsOwn() {
    announcer.announce(FIRST);
    Version mine = announcer.version();
    InMemorySession session = open("backbone-1", mine.getGeneration(), mine.getCounter());
    assertThat(isAbove(announcement(session).getVersion(), mine)).isTrue();
  }

  @Test
  void repeatsTheSameVersionWhenASessionComesBack() {
    announcer.announce(FIRST);
    InMemorySession session = open("backbone-1", 0, 0);
    Version said = announcement(session).getVersion();
    sessions.closed(session, "connection reset");
    InMemorySession again = open("backbone-1", said.getGeneration(), said.getCounter());
    assertThat(announcement(again).getVersion()).isEqualTo(said);
  }

  @Test
  void tellsEveryBackboneNodeTheSameMomentForAVersionWheneverItIsMet() {
    announcer.announce(FIRST);
    Instant made = now;
    InMemorySession one = open("backbone-1", 0, 0);
    now = now.plusSeconds(3600);
    InMemorySession late = open("backbone-2", 0, 0);
    assertThat(announcement(late).getAnnouncedEpochMillis())
        .isEqualTo(announcement(one).getAnnouncedEpochMillis())
        .isEqualTo(made.toEpochMilli());

    announcer.announce(SECOND);
    assertThat(announcement(one).getAnnouncedEpochMillis())
        .as("of the next version")
        .isEqualTo(now.toEpochMilli());
  }

  @Test
  void sendsALargeStatementInPages() {
    List<Prefix> many = new ArrayList<>();
    for (int i = 0; i < AnnouncementPages.PREFIXES + 1; i++) {
      many.add(Prefix.parse("10." + (i >> 8) + "." + (i & 255) + ".0/24"));
    }
    announcer.announce(FIRST.with(new ResolverSet(many, List.of(Prefix.parse("100.64.0.0/10")))));
    InMemorySession session = open("backbone-1", 0, 0);
    assertThat(session.sent()).hasSize(2);
    Announce last = announcement(session);
    assertThat(last.getPage()).isEqualTo(1);
    assertThat(last.getPages()).isEqualTo(2);
    assertThat(last.getResolverPrefixesCount()).isEqualTo(1);
    assertThat(last.getClientPrefixesCount()).isEqualTo(1);
  }

  @Test
  void tracksWhoStoredTheAnnouncement() {
    announcer.announce(FIRST);
    InMemorySession one = open("backbone-1", 0, 0);
    open("backbone-2", 0, 0);
    acknowledge(one);
    assertThat(announcer.isAcknowledgedByAll()).isFalse();
    assertThat(announcer.acceptances())
        .containsEntry("backbone-1", "stored " + announcer.versionInWords())
        .containsEntry("backbone-2", "not acknowledged yet");
  }

  @Test
  void saysInPlainWordsThatItMayNotAnnounceAPrefix() {
    announcer.announce(FIRST);
    InMemorySession session = open("backbone-1", 0, 0);
    refuse(session, ErrorCode.ERROR_NOT_PERMITTED, "198.51.100.0/24 is not granted to lb-nyc-1");
    assertThat(announcer.acceptances().get("backbone-1"))
        .isEqualTo(
            "refused: this identity may not announce that: 198.51.100.0/24 is not granted to"
                + " lb-nyc-1");
    acknowledge(session);
    assertThat(announcer.acceptances().get("backbone-1")).startsWith("stored");
  }

  @Test
  void continuesOnceAboveAVersionThatIsSaidToBeTooOld() {
    announcer.announce(FIRST);
    InMemorySession session = open("backbone-1", 0, 0);
    session.clear();
    refuse(session, ErrorCode.ERROR_OLD_VERSION, "7.1 is stored");
    assertThat(announcement(session).getVersion().getGeneration()).isEqualTo(8);
    session.clear();
    refuse(session, ErrorCode.ERROR_OLD_VERSION, "9.1 is stored");
    assertThat(session.sent()).isEmpty();
  }

  @Test
  void withdrawsEverywhereAndAsksHowLongToServeOn() {
    announcer.announce(FIRST);
    InMemorySession one = open("backbone-1", 0, 0);
    InMemorySession two = open("backbone-2", 0, 0);
    Version announced = announcement(one).getVersion();
    announcer.withdraw("orderly stop");
    Frame withdrawal = one.sent().getLast();
    assertThat(isAbove(withdrawal.getWithdraw().getVersion(), announced)).isTrue();
    assertThat(two.sent().getLast()).isEqualTo(withdrawal);
    withdrawn(one, 60);
    assertThat(announcer.isAcknowledgedByAll()).isFalse();
    withdrawn(two, 7200);
    assertThat(announcer.isAcknowledgedByAll()).isTrue();
    assertThat(announcer.serveFor()).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void withdrawsAlsoAtANodeThatIsMetAfterwardsAndAnnouncesNoMore() {
    announcer.announce(FIRST);
    announcer.withdraw("orderly stop");
    announcer.announce(SECOND);
    InMemorySession late = open("backbone-1", 0, 0);
    assertThat(late.sent()).hasSize(1);
    assertThat(late.sent().getFirst().hasWithdraw()).isTrue();
  }

  private InMemorySession open(String node, long generation, long counter) {
    InMemorySession session = new InMemorySession(NodeRole.BACKBONE, node, generation, counter);
    sessions.opened(session);
    return session;
  }

  private void acknowledge(InMemorySession session) {
    sessions.received(
        session,
        Frame.newBuilder()
            .setAnnounceAck(AnnounceAck.newBuilder().setVersion(announcement(session).getVersion()))
            .build());
  }

  private void withdrawn(InMemorySession session, int serveSeconds) {
    sessions.received(
        session,
        Frame.newBuilder()
            .setWithdrawAck(
                WithdrawAck.newBuilder()
                    .setVersion(announcer.version())
                    .setServeSeconds(serveSeconds))
            .build());
  }

  private void refuse(InMemorySession session, ErrorCode code, String text) {
    long correlation = session.sent().isEmpty() ? 0 : session.sent().getLast().getCorrelation();
    Error.Builder error = Error.newBuilder().setCode(code).setText(text);
    if (code == ErrorCode.ERROR_OLD_VERSION) {
      error.setStoredVersion(Version.newBuilder().setGeneration(7).setCounter(1));
      correlation = announcer.correlation();
    }
    sessions.received(
        session, Frame.newBuilder().setCorrelation(correlation).setError(error).build());
  }

  private static Announce announcement(InMemorySession session) {
    return session.sent(Frame::hasAnnounce).getLast().getAnnounce();
  }

  private static boolean isAbove(Version version, Version other) {
    try {
      return AnnouncementVersion.fromWire(version).isAbove(AnnouncementVersion.fromWire(other));
    } catch (MalformedMessageException e) {
      throw new AssertionError(e);
    }
  }

  private static Statement beside(String prefix) {
    return new Statement(
        List.of(InetAddress.ofLiteral("192.0.2.53"), InetAddress.ofLiteral("2001:db8::53")),
        53,
        new ResolverSet(List.of(Prefix.parse(prefix)), List.of()),
        Optional.of(new Location(40.7, -74)),
        false);
  }
}
