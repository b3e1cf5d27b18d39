package net.dglb.backbone.registry.state;

import java.util.ArrayList;
import java.util.List;
import net.dglb.backbone.registry.wire.PutEnterprise;

/** What of an enterprise a change touches, as text for the audit, without secrets. */
final class EnterpriseChange {

  private EnterpriseChange() {}

  /** After the enterprise's name; empty if nothing is touched. */
  static String text(PutEnterprise asked) {
    List<String> all = new ArrayList<>();
    if (asked.hasTokenHash()) {
      all.add(asked.getTokenHash().isEmpty() ? "token revoked" : "new token");
    }
    if (asked.hasPublicKey()) {
      all.add(asked.getPublicKey().isEmpty() ? "signing-key revoked" : "new signing-key");
    }
    if (asked.hasIdentity()) {
      String identity = asked.getIdentity();
      all.add(identity.isEmpty() ? "identity revoked" : "identity " + identity);
    }
    if (asked.hasMaxZones()) {
      all.add("zones " + asked.getMaxZones());
    }
    if (asked.hasMaxServices()) {
      all.add("services " + asked.getMaxServices());
    }
    return all.isEmpty() ? "" : ": " + String.join(", ", all);
  }
}
