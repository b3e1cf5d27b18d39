package net.dglb.trace;

import org.xbill.DNS.Name;

/** Names as people write them. */
final class Words {

  private Words() {}

  /** Without the final dot; the root is called so. */
  static String of(Name name) {
    return name.equals(Name.root) ? "the root" : name.toString(true);
  }
}
