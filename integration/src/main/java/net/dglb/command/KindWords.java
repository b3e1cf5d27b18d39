package net.dglb.command;

import java.util.Iterator;

/** The words for kinds of configuration files, for help and completion. */
final class KindWords implements Iterable<String> {

  @Override
  public Iterator<String> iterator() {
    return ConfigKinds.all().stream().map(ConfigKind::word).iterator();
  }
}
