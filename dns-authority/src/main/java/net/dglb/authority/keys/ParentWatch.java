package net.dglb.authority.keys;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import net.dglb.authority.ask.NameServer;
import net.dglb.dns.sign.SigningKey;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Looks up the DS records of signed zones at the servers of the parent zone, over TCP so that
 * nobody beside the way can forge an answer. Only what all servers say alike counts. Belongs to the
 * control thread.
 */
public final class ParentWatch {

  private static final Logger LOG = LoggerFactory.getLogger(ParentWatch.class);
  private static final Duration PERIOD = Duration.ofMinutes(5);
  private static final int SHA_256 = 2;

  private final ZoneSigning signing;
  private final Timeline timeline;
  private final Function<Endpoint, NameServer> network;
  private final Runnable changed;

  /**
   * Asks nothing yet.
   *
   * @param changed runs when a zone has to be signed again
   */
  public ParentWatch(ZoneSigning signing, Timeline timeline, Runnable changed) {
    this(signing, timeline, NameServer::at, changed);
  }

  ParentWatch(
      ZoneSigning signing,
      Timeline timeline,
      Function<Endpoint, NameServer> network,
      Runnable changed) {
    this.signing = signing;
    this.timeline = timeline;
    this.network = network;
    this.changed = changed;
  }

  /** Looks every few minutes from now on. */
  public void start() {
    timeline.every(PERIOD, PERIOD, this::look);
  }

  /** Looks for every zone that waits for its parent. */
  void look() {
    signing.zones().stream()
        .filter(zone -> zone.waitsForParent() && !zone.settings().parents().isEmpty())
        .forEach(this::look);
  }

  private void look(SignedZone zone) {
    List<CompletableFuture<Message>> answers = new ArrayList<>();
    for (Endpoint server : zone.settings().parents()) {
      answers.add(
          network.apply(server).ask(NameServer.query(zone.zone(), Type.DS)).toCompletableFuture());
    }
    var _ =
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
            .whenCompleteAsync(
                (_, failure) -> {
                  if (failure == null) {
                    heard(zone, answers.stream().map(CompletableFuture::join).toList());
                  } else {
                    LOG.warn(
                        "{}: a server of the parent zone does not answer for the DS records: {}",
                        zone.zone(),
                        failure.getMessage());
                  }
                },
                timeline);
  }

  private void heard(SignedZone zone, List<Message> answers) {
    Set<Set<SigningKey>> views = new HashSet<>();
    for (Message answer : answers) {
      if (answer.getRcode() != Rcode.NOERROR || !answer.getHeader().getFlag(Flags.AA)) {
        LOG.warn(
            "{}: a server in dnssec.parents answers with {} (expected: one that has the parent"
                + " zone)",
            zone.zone(),
            Rcode.string(answer.getRcode()));
        return;
      }
      views.add(keys(zone, answer));
    }
    if (views.size() == 1 && zone.seen(views.iterator().next())) {
      changed.run();
    }
  }

  private static Set<SigningKey> keys(SignedZone zone, Message answer) {
    Set<SigningKey> keys = new HashSet<>();
    for (Record record : answer.getSection(Section.ANSWER)) {
      if (record instanceof DSRecord ds) {
        zone.chain().signing().stream()
            .filter(key -> pointsAt(ds, key, zone.zone()))
            .forEach(keys::add);
      }
    }
    return keys;
  }

  private static boolean pointsAt(DSRecord ds, SigningKey key, DomainName zone) {
    byte[] ours = key.ds(zone);
    return ds.getFootprint() == key.tag()
        && ds.getAlgorithm() == key.algorithm().number()
        && (ds.getDigestID() != SHA_256
            || Arrays.equals(ds.getDigest(), Arrays.copyOfRange(ours, 4, ours.length)));
  }
}
