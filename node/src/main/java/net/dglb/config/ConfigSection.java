package net.dglb.config;

import static com.typesafe.config.ConfigUtil.joinPath;
import static com.typesafe.config.ConfigUtil.splitPath;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.net.Prefix;
import org.jspecify.annotations.Nullable;

/**
 * One section of a configuration, read key by key. A missing or wrong value becomes a problem and
 * reading goes on with a harmless stand-in, so that all problems come at once from {@link #finish};
 * nothing that was read may be used before that. Keys are paths such as {@code dns.workers}, or
 * {@code zones.0} for an element of a list; a key with dots in it is quoted. Ranges include both
 * ends. Not thread-safe.
 */
public final class ConfigSection {

  final Document document;
  final ConfigObject object;
  private final KnownKeys known;
  private final List<String> path;
  private final String name;

  ConfigSection(
      Document document, ConfigObject object, KnownKeys known, List<String> path, String name) {
    this.document = document;
    this.object = object;
    this.known = known;
    this.path = path;
    this.name = name;
  }

  /** Where this section stands, such as {@code zones[0].check}; empty for the whole file. */
  public String name() {
    return name;
  }

  Set<String> keys() {
    return Set.copyOf(object.keySet());
  }

  /** Every value below this section by its path, as text; a list is one value. */
  public Map<String, String> values() {
    return ValueTexts.all(object);
  }

  /** Whether there is a value at the key. */
  public boolean has(String key) {
    return find(key).value() != null;
  }

  /** Text that is not empty. */
  public String string(String key) {
    return required(key, ValueKind.TEXT);
  }

  /** Text that is not empty, if the key is there. */
  public Optional<String> optionalString(String key) {
    return optional(key, ValueKind.TEXT);
  }

  /** A whole number in a range. */
  public int integer(String key, int min, int max) {
    return required(key, ValueKind.integer(min, max)).intValue();
  }

  /** A whole number in a range, if the key is there. */
  public Optional<Integer> optionalInteger(String key, int min, int max) {
    return optional(key, ValueKind.integer(min, max)).map(Long::intValue);
  }

  /** A number in a range. */
  public double number(String key, double min, double max) {
    return required(key, ValueKind.number(min, max));
  }

  /** A number in a range, if the key is there. */
  public Optional<Double> optionalNumber(String key, double min, double max) {
    return optional(key, ValueKind.number(min, max));
  }

  /** A duration with its unit, such as {@code 500ms} or {@code 1d}, in a range. */
  public Duration duration(String key, Duration min, Duration max) {
    return required(key, ValueKind.duration(min, max));
  }

  /** A duration with its unit in a range, if the key is there. */
  public Optional<Duration> optionalDuration(String key, Duration min, Duration max) {
    return optional(key, ValueKind.duration(min, max));
  }

  /** {@code true} or {@code false}. */
  public boolean bool(String key) {
    return required(key, ValueKind.BOOL);
  }

  /** {@code true} or {@code false}, if the key is there. */
  public Optional<Boolean> optionalBool(String key) {
    return optional(key, ValueKind.BOOL);
  }

  /** A constant by its word: lower case, with hyphens. */
  public <E extends Enum<E>> E oneOf(String key, Class<E> words) {
    return required(key, ValueKind.oneOf(words));
  }

  /** A constant by its word, if the key is there. */
  public <E extends Enum<E>> Optional<E> optionalOneOf(String key, Class<E> words) {
    return optional(key, ValueKind.oneOf(words));
  }

  /** A path; a relative one counts from the folder of the file that mentions it. */
  public Path path(String key) {
    return resolved(key, required(key, ValueKind.PATH));
  }

  /** A path, if the key is there. */
  public Optional<Path> optionalPath(String key) {
    return optional(key, ValueKind.PATH).map(relative -> resolved(key, relative));
  }

  /** A path to a file that this process can read now. */
  public Path readableFile(String key) {
    return checkedReadable(key, path(key));
  }

  /** A path to a file that this process can read now, if the key is there. */
  public Optional<Path> optionalReadableFile(String key) {
    return optionalPath(key).map(file -> checkedReadable(key, file));
  }

  /** A list of paths to files that this process can read now; empty if the key is not there. */
  public List<Path> readableFiles(String key) {
    List<Path> read = new ArrayList<>();
    for (int i = 0; i < list(key, ValueKind.PATH).size(); i++) {
      read.add(readableFile(key + "." + i));
    }
    return List.copyOf(read);
  }

  /** An address and a port. */
  public Endpoint endpoint(String key) {
    return required(key, ValueKind.ENDPOINT);
  }

  /** An address and a port, if the key is there. */
  public Optional<Endpoint> optionalEndpoint(String key) {
    return optional(key, ValueKind.ENDPOINT);
  }

  /** A list of addresses with ports; empty if the key is not there. */
  public List<Endpoint> endpoints(String key) {
    return list(key, ValueKind.ENDPOINT);
  }

  /** An IP address. */
  public InetAddress address(String key) {
    return required(key, ValueKind.ADDRESS);
  }

  /** An IP address, if the key is there. */
  public Optional<InetAddress> optionalAddress(String key) {
    return optional(key, ValueKind.ADDRESS);
  }

  /** A list of IP addresses; empty if the key is not there. */
  public List<InetAddress> addresses(String key) {
    return list(key, ValueKind.ADDRESS);
  }

  /** A list of IP prefixes; empty if the key is not there. */
  public List<Prefix> prefixes(String key) {
    return list(key, ValueKind.PREFIX);
  }

  /** A domain name. */
  public DomainName domainName(String key) {
    return required(key, ValueKind.DOMAIN_NAME);
  }

  /** A domain name, if the key is there. */
  public Optional<DomainName> optionalDomainName(String key) {
    return optional(key, ValueKind.DOMAIN_NAME);
  }

  /** A list of domain names; empty if the key is not there. */
  public List<DomainName> domainNames(String key) {
    return list(key, ValueKind.DOMAIN_NAME);
  }

  /** A list of texts; empty if the key is not there. */
  public List<String> strings(String key) {
    return list(key, ValueKind.TEXT);
  }

  /** A section below this one; empty if the key is not there. */
  public ConfigSection section(String key) {
    Found found = find(key);
    return sectionAt(found, found.value());
  }

  /** A section below this one, if the key is there and holds one. */
  public Optional<ConfigSection> optionalSection(String key) {
    return Optional.of(section(key)).filter(_ -> find(key).value() instanceof ConfigObject);
  }

  /** A list of sections; empty if the key is not there. */
  public List<ConfigSection> sections(String key) {
    List<ConfigSection> read = new ArrayList<>();
    for (Found element : elements(key)) {
      read.add(sectionAt(element, element.value()));
    }
    return List.copyOf(read);
  }

  /** The sections below a key by their own keys, which may be anything; in alphabetic order. */
  public Map<String, ConfigSection> children(String key) {
    ConfigSection parent = section(key);
    Map<String, ConfigSection> read = new LinkedHashMap<>();
    for (String child : new TreeSet<>(parent.object.keySet())) {
      Found found = parent.find(List.of(child));
      if (found.value() != null) {
        read.put(child, parent.sectionAt(found, found.value()));
      }
    }
    return read;
  }

  /** Leaves what is at a key unread: no key in it is unknown. */
  public void leave(String key) {
    find(key).known().markValue();
  }

  /** Numbers below a key by their own keys, which may be anything; in alphabetic order. */
  public Map<String, Double> numbers(String key, double min, double max) {
    ConfigSection parent = section(key);
    Map<String, Double> read = new LinkedHashMap<>();
    for (String child : new TreeSet<>(parent.object.keySet())) {
      parent.optionalNumber(joinPath(child), min, max).ifPresent(number -> read.put(child, number));
    }
    return read;
  }

  /** Records a problem at a key of this section; the empty key means the section itself. */
  public void problem(String key, String text) {
    Found found = key.isEmpty() ? new Found(object, known, path, name) : find(key);
    document.problem(found.value(), found.path(), found.name(), text);
  }

  /** Has a file that is named at a key, or its value, looked into by every {@link #check}. */
  public void onCheck(String key, FileCheck check) {
    Found found = find(key);
    document.onCheck(found.value(), found.path(), found.name(), check);
  }

  /** Looks into all files that are named, as they are now; problems come from {@link #finish}. */
  public void check(Instant now) {
    document.check(now);
  }

  /**
   * Ends the reading of the whole configuration.
   *
   * @throws ConfigException with all problems: those met so far and every key that was never asked
   *     for
   */
  public void finish() throws ConfigException {
    new UnknownKeys(document).report(object, known, path, name);
    document.finish();
  }

  private <T> T required(String key, ValueKind<T> kind) {
    Found found = find(key);
    found.known().markValue();
    if (found.value() == null) {
      refuse(found, "missing (expected: " + kind.expected() + ")");
      return kind.harmless();
    }
    return convert(found, found.value(), kind).orElse(kind.harmless());
  }

  private <T> Optional<T> optional(String key, ValueKind<T> kind) {
    Found found = find(key);
    found.known().markValue();
    return found.value() == null ? Optional.empty() : convert(found, found.value(), kind);
  }

  private <T> List<T> list(String key, ValueKind<T> kind) {
    List<T> read = new ArrayList<>();
    for (Found element : elements(key)) {
      element.known().markValue();
      if (element.value() != null) {
        convert(element, element.value(), kind).ifPresent(read::add);
      }
    }
    return List.copyOf(read);
  }

  private List<Found> elements(String key) {
    Found found = find(key);
    if (found.value() == null) {
      return List.of();
    }
    if (!(found.value() instanceof ConfigList values)) {
      found.known().markValue();
      refuse(found, "value: " + ValueTexts.shown(found.value()) + " (expected: a list in [ ])");
      return List.of();
    }
    List<Found> elements = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      String index = Integer.toString(i);
      elements.add(
          new Found(
              values.get(i),
              found.known().child(index),
              UnknownKeys.append(found.path(), index),
              found.name() + "[" + i + "]"));
    }
    return elements;
  }

  private ConfigSection sectionAt(Found found, @Nullable ConfigValue value) {
    ConfigObject inside = ConfigValueFactory.fromMap(Map.of());
    if (value instanceof ConfigObject written) {
      inside = written;
    } else if (value != null) {
      found.known().markValue();
      refuse(found, "value: " + ValueTexts.shown(value) + " (expected: a section in { })");
    }
    return new ConfigSection(document, inside, found.known(), found.path(), found.name());
  }

  private <T> Optional<T> convert(Found found, ConfigValue value, ValueKind<T> kind) {
    String expected = kind.expected();
    if (!(value instanceof ConfigObject) && !(value instanceof ConfigList)) {
      try {
        return Optional.of(kind.reader().apply(ValueTexts.of(value)));
      } catch (IllegalArgumentException e) {
        expected = e.getMessage() == null ? expected : e.getMessage();
      }
    }
    refuse(found, "value: " + ValueTexts.shown(value) + " (expected: " + expected + ")");
    return Optional.empty();
  }

  private Path resolved(String key, Path relative) {
    Found found = find(key);
    return document.resolve(found.value(), found.path(), relative.toString());
  }

  private Path checkedReadable(String key, Path file) {
    if (has(key) && !(Files.isRegularFile(file) && Files.isReadable(file))) {
      problem(key, "value: " + file + " (expected: a file that this process can read)");
    }
    return file;
  }

  private void refuse(Found found, String message) {
    document.problem(found.value(), found.path(), found.name(), message);
  }

  private Found find(String key) {
    return find(splitPath(key));
  }

  private Found find(List<String> keys) {
    KnownKeys knownHere = known;
    List<String> pathHere = path;
    String nameHere = name;
    ConfigValue at = object;
    for (String key : keys) {
      knownHere = knownHere.child(key);
      pathHere = UnknownKeys.append(pathHere, key);
      boolean element = at instanceof ConfigList;
      nameHere = element ? nameHere + "[" + key + "]" : UnknownKeys.join(nameHere, joinPath(key));
      at = Origins.inside(at, key);
    }
    boolean absent = at == null || at.valueType() == ConfigValueType.NULL;
    return new Found(absent ? null : at, knownHere, pathHere, nameHere);
  }
}
