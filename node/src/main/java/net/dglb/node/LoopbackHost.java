package net.dglb.node;

import net.dglb.net.AddressLiteral;

/** Recognises host names that mean this machine without a look-up. */
final class LoopbackHost {

  private LoopbackHost() {}

  static boolean is(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    try {
      String literal = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
      return AddressLiteral.parse(literal).isLoopbackAddress();
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
      return false;
    }
  }
}
