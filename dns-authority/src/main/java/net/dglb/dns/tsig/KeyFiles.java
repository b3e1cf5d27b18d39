package net.dglb.dns.tsig;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.dglb.config.ConfigSection;
import net.dglb.identity.IdentityException;
import net.dglb.identity.TsigKey;
import net.dglb.net.DomainName;

/**
 * Keys from the files that a configuration names. Immutable.
 *
 * @param files where they are from
 * @param byName every key
 */
public record KeyFiles(List<Path> files, Map<DomainName, TsigKey> byName) implements TsigKeys {

  /** No keys. */
  public static final KeyFiles NONE = new KeyFiles(List.of(), Map.of());

  /** Copies the collections. */
  public KeyFiles {
    files = List.copyOf(files);
    byName = Map.copyOf(byName);
  }

  /** Reads the files that a list names; problems stay with the section. */
  public static KeyFiles read(ConfigSection section, String list) {
    Map<DomainName, TsigKey> keys = new TreeMap<>();
    List<Path> files = section.readableFiles(list);
    for (int i = 0; i < files.size(); i++) {
      Path file = files.get(i);
      String entry = list + "." + i;
      if (!Files.isReadable(file)) {
        continue; // the section has said so
      }
      try {
        TsigKey key = TsigKey.load(file);
        if (keys.put(key.name(), key) != null) {
          section.problem(entry, file + ": another file has a key " + key.name() + " as well");
        }
      } catch (IdentityException e) {
        section.problem(entry, String.valueOf(e.getMessage()));
      }
    }
    return new KeyFiles(files, keys);
  }

  @Override
  public Optional<TsigKey> find(DomainName name) {
    return Optional.ofNullable(byName.get(name));
  }
}
