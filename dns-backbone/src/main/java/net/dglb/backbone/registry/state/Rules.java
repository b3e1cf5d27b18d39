package net.dglb.backbone.registry.state;

import net.dglb.backbone.registry.wire.AuditRecord;
import net.dglb.backbone.registry.wire.Command;

/**
 * By which rules a command is taken: those that its node had when it took it in. So every node, of
 * whatever version, makes the same of an old log.
 */
public final class Rules {

  /** What nodes write into their commands. */
  public static final int NOW = 5;

  private Rules() {}

  /** Whether an identity of a certificate is one enterprise's alone. */
  static boolean keepIdentitiesApart(Command command) {
    return command.getRules() >= 5;
  }

  /** Whether somebody with one zone is not said to have "1 zones". */
  static boolean countOneZoneAsOne(Command command) {
    return command.getRules() >= 5;
  }

  /** Whether a change of an enterprise leaves what it does not mention as it is. */
  static boolean leaveWhatIsNotMentioned(Command command) {
    return command.getRules() >= 4;
  }

  /** Whether the audit says what of an enterprise changed, and calls an update of addresses one. */
  static boolean sayWhatChanged(Command command) {
    return command.getRules() >= 4;
  }

  /** Whether a zone that one has, or gave up, proves what lies at and below it. */
  static boolean letOwnersReturn(Command command) {
    return command.getRules() >= 3;
  }

  /** What the hash of its record in the audit goes over. */
  static AuditRecord.Form auditForm(Command command) {
    return command.getRules() >= 2 ? AuditRecord.Form.FORM_LINE : AuditRecord.Form.FORM_OCTETS;
  }

  /** Whether TXT records have a number of their own, instead of a share in the zone's version. */
  static boolean haveTextsApart(Command command) {
    return command.getRules() >= 1;
  }
}
