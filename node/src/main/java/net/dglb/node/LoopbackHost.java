package net.dglb.node;

import java.net.InetAddress;

/** Recognises host names that mean this machine without a look-up. */
final class LoopbackHost {

  private LoopbackHost() {}

  static boolean is(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    try {
      String literal = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
      return InetAddress.ofLiteral(literal).isLoopbackAddress();
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
      return false;
    }
  }
}
