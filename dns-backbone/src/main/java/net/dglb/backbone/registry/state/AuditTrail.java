package net.dglb.backbone.registry.state;

import com.google.protobuf.ByteString;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.dglb.audit.AuditLine;
import net.dglb.backbone.registry.wire.AuditRecord;
import net.dglb.backbone.registry.wire.Command;

/**
 * Who did what, when and from where: every record carries its predecessor's hash, so that none can
 * be changed or left out without a trace.
 *
 * @param records the latest ones, oldest first
 * @param count how many there ever were
 * @param hash of the last one; 32 zero octets before the first
 */
public record AuditTrail(List<AuditRecord> records, long count, ByteString hash) {

  /** How many records are kept; older ones are dropped, their hash stays in the chain. */
  public static final int KEPT = 2_000;

  /** Nothing has happened. */
  static final AuditTrail EMPTY = new AuditTrail(List.of(), 0, ByteString.copyFrom(new byte[32]));

  /** Copies the list. */
  public AuditTrail {
    records = List.copyOf(records);
  }

  AuditTrail with(Command command, String action, String subject, String outcome) {
    AuditRecord bare =
        AuditRecord.newBuilder()
            .setNumber(count + 1)
            .setAtEpochMillis(command.getAtEpochMillis())
            .setActor(command.getActor())
            .setSource(command.getSource())
            .setAction(action)
            .setSubject(subject)
            .setOutcome(outcome)
            .setPreviousHash(hash)
            .setForm(Rules.auditForm(command))
            .build();
    AuditRecord whole = bare.toBuilder().setHash(hashOf(bare)).build();
    int from = Math.max(0, records.size() + 1 - KEPT);
    List<AuditRecord> next = new ArrayList<>(records.subList(from, records.size()));
    next.add(whole);
    return new AuditTrail(next, count + 1, whole.getHash());
  }

  /** The number of the first record that does not fit the chain; 0 if all do. */
  public long firstBroken() {
    for (int i = 0; i < records.size(); i++) {
      AuditRecord record = records.get(i);
      boolean follows =
          i == 0
              ? record.getNumber() == count - records.size() + 1
              : record.getPreviousHash().equals(records.get(i - 1).getHash());
      if (!follows || !record.getHash().equals(hashOf(record))) {
        return record.getNumber();
      }
    }
    boolean ends = records.isEmpty() || records.getLast().getHash().equals(hash);
    return ends ? 0 : records.getLast().getNumber();
  }

  /** The hash that a record must have. */
  static ByteString hashOf(AuditRecord record) {
    return record.getForm() == AuditRecord.Form.FORM_LINE
        ? ByteString.copyFrom(HexFormat.of().parseHex(line(record).hash()))
        : ByteString.copyFrom(
            sha256().digest(record.toBuilder().clearHash().build().toByteArray()));
  }

  /** A record as text. */
  private static AuditLine line(AuditRecord record) {
    return new AuditLine(
        hex(record.getPreviousHash()),
        record.getNumber(),
        Instant.ofEpochMilli(record.getAtEpochMillis()).toString(),
        record.getActor(),
        record.getSource(),
        record.getAction(),
        record.getSubject(),
        record.getOutcome());
  }

  private static String hex(ByteString octets) {
    return HexFormat.of().formatHex(octets.toByteArray());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no SHA-256", e);
    }
  }
}
