package net.dglb.backbone;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.dglb.config.ConfigSection;
import net.dglb.config.FileCheck;
import net.dglb.identity.Secret;

/**
 * The files of the secrets that backbone nodes share.
 *
 * @param key seals
 * @param next is to seal later
 * @param previous sealed before
 */
record MapKeySettings(Path key, Optional<Path> next, List<Path> previous) {

  /** Copies the list. */
  MapKeySettings {
    previous = List.copyOf(previous);
  }

  static MapKeySettings read(ConfigSection map) {
    Path key = map.readableFile("key");
    map.onCheck("key", FileCheck.of(() -> Secret.load(key)));
    Optional<Path> next = map.optionalReadableFile("next-key");
    next.ifPresent(file -> map.onCheck("next-key", FileCheck.of(() -> Secret.load(file))));
    List<Path> previous = map.readableFiles("previous-keys");
    for (int i = 0; i < previous.size(); i++) {
      Path file = previous.get(i);
      map.onCheck("previous-keys." + i, FileCheck.of(() -> Secret.load(file)));
    }
    return new MapKeySettings(key, next, previous);
  }

  List<Path> files() {
    return Stream.of(Stream.of(key), next.stream(), previous.stream())
        .flatMap(each -> each)
        .toList();
  }
}
