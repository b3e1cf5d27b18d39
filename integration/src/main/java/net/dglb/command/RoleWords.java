package net.dglb.command;

import java.util.Iterator;

/** The words for roles that can be run, for help and completion. */
final class RoleWords implements Iterable<String> {

  @Override
  public Iterator<String> iterator() {
    return ConfigKinds.all().stream()
        .filter(kind -> kind.node().isPresent())
        .map(ConfigKind::word)
        .iterator();
  }
}
