package net.dglb.backbone.registry.state;

import net.dglb.backbone.registry.wire.Command;

/**
 * By which rules a command is taken: those that its node had when it took it in. So every node, of
 * whatever version, makes the same of an old log.
 */
public final class Rules {

  /** What nodes write into their commands. */
  public static final int NOW = 1;

  private Rules() {}

  /** Whether TXT records have a number of their own, instead of a share in the zone's version. */
  static boolean haveTextsApart(Command command) {
    return command.getRules() >= 1;
  }
}
