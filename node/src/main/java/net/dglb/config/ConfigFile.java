package net.dglb.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Reads a HOCON file over the defaults of a reference resource. Substitutions see the file, the
 * defaults and the environment; includes see local files and resources only, never the network.
 */
public final class ConfigFile {

  /** Advice of the parser that does not fit here. */
  private static final String BAD_ADVICE =
      ", or you may be able to rename the file .properties rather than .conf";

  private static final String UNREADABLE = "cannot be read (expected: a file to read)";

  private static final String TOO_DEEP =
      "nested too deeply (expected: a few levels, and no file that includes itself)";

  private ConfigFile() {}

  /**
   * Reads a file.
   *
   * @param file the user's file
   * @param referenceResource the commented defaults, a resource such as {@code lb-reference.conf};
   *     empty for none
   * @throws ConfigException if the file cannot be read or is not HOCON
   */
  public static ConfigSection load(Path file, String referenceResource) throws ConfigException {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw ConfigException.of(file.toString(), UNREADABLE);
    }
    bounded(file.toString(), text(file));
    return read(file.toString(), referenceResource, o -> ConfigFactory.parseFile(file.toFile(), o));
  }

  /** Reads a text without defaults; the name stands for the file in problems. */
  public static ConfigSection parse(String name, String text) throws ConfigException {
    return parse(name, text, "");
  }

  /** Reads a text over the defaults of a resource; the name stands for the file in problems. */
  public static ConfigSection parse(String name, String text, String referenceResource)
      throws ConfigException {
    bounded(name, text);
    return read(
        name,
        referenceResource,
        options -> ConfigFactory.parseString(text, options.setOriginDescription(name)));
  }

  /**
   * Reads a text that somebody else sent: it may not include anything, and what it substitutes is
   * not looked up here.
   */
  public static ConfigSection parseForeign(String name, String text) throws ConfigException {
    bounded(name, text);
    try {
      Config written =
          ConfigFactory.parseString(
              text, options().setIncluder(new NothingIncluded()).setOriginDescription(name));
      if (!written.isResolved()) {
        throw ConfigException.of(name, "substitutions (expected: plain values)");
      }
      Document document = new Document(new Origins(name, written.root()));
      return new ConfigSection(document, written.root(), new KnownKeys(), List.of(), "");
    } catch (com.typesafe.config.ConfigException e) {
      throw new ConfigException(List.of(problem(name, e)));
    }
  }

  /**
   * The keys at the top of a file as its owner wrote it, by which its kind can be told.
   *
   * @throws ConfigException if the file cannot be read or is not HOCON
   */
  public static Set<String> topLevelKeys(Path file) throws ConfigException {
    ConfigSection root = load(file, "");
    return root.keys();
  }

  /** What was read, in plain values: without includes and substitutions. */
  public static String plain(ConfigSection read) {
    return read.object.render(ConfigRenderOptions.concise());
  }

  /** A configuration to read, with what another one has at some keys. */
  public static ConfigSection keeping(
      ConfigSection read, ConfigSection other, Collection<String> keys) {
    Config values = read.object.toConfig();
    Config had = other.object.toConfig();
    for (String key : keys) {
      values =
          had.hasPath(key) ? values.withValue(key, had.getValue(key)) : values.withoutPath(key);
    }
    return new ConfigSection(read.document.again(), values.root(), new KnownKeys(), List.of(), "");
  }

  private interface Parser {
    Config parse(ConfigParseOptions options);
  }

  private static ConfigSection read(String name, String referenceResource, Parser parser)
      throws ConfigException {
    try {
      Config written = parser.parse(options());
      Config resolved =
          written
              .withFallback(reference(referenceResource))
              .resolve(ConfigResolveOptions.defaults());
      Document document = new Document(new Origins(name, written.root()));
      return new ConfigSection(document, resolved.root(), new KnownKeys(), List.of(), "");
    } catch (com.typesafe.config.ConfigException e) {
      throw new ConfigException(List.of(problem(name, e)));
    } catch (
        StackOverflowError e) { // chains of substitutions and of files are followed without bound
      throw ConfigException.of(name, TOO_DEEP);
    }
  }

  private static void bounded(String name, String text) throws ConfigException {
    if (Nesting.isTooDeep(text)) {
      throw ConfigException.of(name, TOO_DEEP);
    }
  }

  /** Bytes that are no text are left to the parser, which says where they stand. */
  private static String text(Path file) throws ConfigException {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw ConfigException.of(file.toString(), UNREADABLE);
    }
  }

  private static ConfigParseOptions options() {
    return ConfigParseOptions.defaults()
        .setAllowMissing(false)
        .setSyntax(ConfigSyntax.CONF)
        .setIncluder(new LocalIncluder());
  }

  private static Config reference(String resource) {
    return resource.isEmpty()
        ? ConfigFactory.empty()
        : ConfigFactory.parseResources(ConfigFile.class.getClassLoader(), resource, options());
  }

  private static ConfigProblem problem(String name, com.typesafe.config.ConfigException e) {
    if (e.origin() == null) {
      return new ConfigProblem(name, 0, "", String.valueOf(e.getMessage()));
    }
    Origins.Position at = Origins.position(e.origin());
    String place = e.origin().description() + ": ";
    String message = String.valueOf(e.getMessage()).replace(BAD_ADVICE, "");
    String bare = message.startsWith(place) ? message.substring(place.length()) : message;
    return new ConfigProblem(at.file(), at.line(), "", bare);
  }
}
