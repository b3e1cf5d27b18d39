package net.dglb.service;

import java.nio.file.Path;
import net.dglb.config.ConfigException;
import net.dglb.config.ConfigFile;
import net.dglb.config.ConfigSection;

/**
 * The text in which an enterprise registers a zone: HOCON with one {@code registration} section.
 * The same reader serves the command, the authority and the backbone, and finds every problem at
 * once.
 */
public final class RegistrationDocument {

  /** The version of the document's form that is read. */
  public static final int FORM_VERSION = 1;

  private RegistrationDocument() {}

  /**
   * Reads a file.
   *
   * @throws ConfigException with every problem, each with file and line
   */
  public static EnterpriseZone load(Path file) throws ConfigException {
    return read(ConfigFile.load(file, ""));
  }

  /**
   * Reads a whole document.
   *
   * @param root the document's top, not yet finished
   * @return the zone, its version not yet assigned (0)
   * @throws ConfigException with every problem, each with file and line
   */
  public static EnterpriseZone read(ConfigSection root) throws ConfigException {
    ZoneReader zone = new ZoneReader(root);
    root.finish();
    return zone.build();
  }

  /**
   * Reads a document that somebody else sent: without includes and substitutions.
   *
   * @param name stands for the file in problems
   * @throws ConfigException with every problem, each with its line
   */
  public static EnterpriseZone readForeign(String name, String text) throws ConfigException {
    return read(ConfigFile.parseForeign(name, text));
  }

  /**
   * Reads a file and gives the same document in plain values, for {@link #readForeign}. It is as
   * long as what its owner wrote, and does not name the defaults.
   *
   * @throws ConfigException with every problem, each with file and line
   */
  public static String plain(Path file) throws ConfigException {
    ConfigSection root = ConfigFile.load(file, "");
    String text = ConfigFile.plain(root);
    read(root);
    return text;
  }

  /** The document that reads as this zone. */
  public static String render(EnterpriseZone zone) {
    return DocumentText.of(zone);
  }
}
