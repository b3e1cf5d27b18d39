package net.dglb.lb.answer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32C;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.zone.Zone;
import net.dglb.lb.wire.SavedAnswers;
import net.dglb.lb.wire.SavedZone;
import net.dglb.net.DomainName;
import net.dglb.node.OwnerOnly;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All answers as they were last decided, in a file by themselves: a load balancer answers from it
 * as soon as it starts, while services, duties and estimates, from which everything follows, are
 * still read and ranked. Nothing is lost with it. A checksum stands before the content, so that
 * what a crash left half written is not believed.
 */
public final class AnswersFile {

  private static final Logger LOG = LoggerFactory.getLogger(AnswersFile.class);

  private static final int FORMAT = 1;
  private static final int CHECKSUM_OCTETS = Integer.BYTES;

  private final Path file;

  /** Names the file; nothing is read or written yet. */
  public AnswersFile(Path file) {
    this.file = file;
  }

  /**
   * The zones as they were kept, each compiled when it is first asked for. Empty if there is no
   * file, if it cannot be used whole, or if a signature in it has ended: then the answers are those
   * that are decided anew.
   */
  public Catalog read(Instant now) {
    try {
      byte[] octets = Files.readAllBytes(file);
      if (octets.length < CHECKSUM_OCTETS
          || ByteBuffer.wrap(octets).getInt() != checksum(octets, CHECKSUM_OCTETS)) {
        LOG.warn("{}: damaged; answers begin once they are decided anew", file);
        return Catalog.empty();
      }
      SavedAnswers saved =
          SavedAnswers.parser().parseFrom(octets, CHECKSUM_OCTETS, octets.length - CHECKSUM_OCTETS);
      long until = saved.getSignedUntilEpochSeconds();
      boolean usable = saved.getFormat() == FORMAT && (until == 0 || now.getEpochSecond() < until);
      return usable ? catalog(saved) : Catalog.empty();
    } catch (NoSuchFileException e) {
      return Catalog.empty();
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("{}: not readable ({}); answers begin once they are decided anew", file, e);
      return Catalog.empty();
    }
  }

  private static Catalog catalog(SavedAnswers saved) {
    List<Zone> zones = new ArrayList<>(saved.getZonesCount());
    for (SavedZone zone : saved.getZonesList()) {
      zones.add(new SavedLabelZone(DomainName.of(zone.getApex()), zone.getContent()));
    }
    return Catalog.of(zones);
  }

  /** Replaces what is kept; a disk that does not take it is only logged. */
  void write(Collection<LabelAnswer> answers) {
    SavedAnswers.Builder saved = SavedAnswers.newBuilder().setFormat(FORMAT);
    long until = Long.MAX_VALUE;
    for (LabelAnswer answer : answers) {
      LabelZone zone = answer.contents();
      saved.addZones(
          SavedZone.newBuilder()
              .setApex(zone.apex().toString())
              .setContent(
                  SavedContents.toWire(zone, answer.since().getEpochSecond()).toByteString()));
      until = Math.min(until, SavedContents.signedUntil(zone));
    }
    saved.setSignedUntilEpochSeconds(until == Long.MAX_VALUE ? 0 : until);
    byte[] content = saved.build().toByteArray();
    byte[] octets = new byte[CHECKSUM_OCTETS + content.length];
    System.arraycopy(content, 0, octets, CHECKSUM_OCTETS, content.length);
    ByteBuffer.wrap(octets).putInt(checksum(octets, CHECKSUM_OCTETS));
    try {
      replace(octets);
    } catch (IOException e) {
      LOG.debug("{}: not written ({}); tried again with the next change", file, e);
    }
  }

  private void replace(byte[] octets) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    OwnerOnly.file(next);
    Files.write(next, octets);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static int checksum(byte[] octets, int from) {
    CRC32C sum = new CRC32C();
    sum.update(octets, from, octets.length - from);
    return (int) sum.getValue();
  }
}
