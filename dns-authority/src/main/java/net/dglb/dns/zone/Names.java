package net.dglb.dns.zone;

import net.dglb.net.DomainName;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.TextParseException;

/** Names between this project's form and dnsjava's. */
public final class Names {

  private static final Name WILDCARD = Name.fromConstantString("*");

  private Names() {}

  /** The same name for dnsjava. */
  public static Name of(DomainName name) {
    try {
      return name.labels().isEmpty() ? Name.root : Name.fromString(name.toString(), Name.root);
    } catch (TextParseException e) {
      throw new IllegalStateException(name + ": every domain name is one for dnsjava too", e);
    }
  }

  /** The name that stands for all those below a delegation point, which leaves room for labels. */
  public static Name wildcardBelow(Name cut) {
    try {
      return Name.concatenate(WILDCARD, cut);
    } catch (NameTooLongException e) {
      throw new IllegalStateException(cut + ": registered zones have shorter names", e);
    }
  }

  /**
   * The same name in this project's form.
   *
   * @throws IllegalArgumentException if a label holds other characters than ours may
   */
  public static DomainName of(Name name) {
    return DomainName.of(name.toString());
  }
}
