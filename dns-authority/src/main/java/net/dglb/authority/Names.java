package net.dglb.authority;

import net.dglb.net.DomainName;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.TextParseException;

/** Names between this project's form and dnsjava's. */
final class Names {

  private static final Name WILDCARD = Name.fromConstantString("*");

  private Names() {}

  static Name of(DomainName name) {
    try {
      return name.labels().isEmpty() ? Name.root : Name.fromString(name.toString(), Name.root);
    } catch (TextParseException e) {
      throw new IllegalStateException(name + ": every domain name is one for dnsjava too", e);
    }
  }

  /** The name that stands for all those below a delegation point, which leaves room for labels. */
  static Name wildcardBelow(Name cut) {
    try {
      return Name.concatenate(WILDCARD, cut);
    } catch (NameTooLongException e) {
      throw new IllegalStateException(cut + ": registered zones have shorter names", e);
    }
  }
}
