package net.dglb.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.dglb.authority.AuthoritySettings;
import net.dglb.backbone.BackboneSettings;
import net.dglb.config.ConfigException;
import net.dglb.config.ConfigFile;
import net.dglb.config.ConfigSection;

/** Every kind of configuration file that this build knows. */
final class ConfigKinds {

  private ConfigKinds() {}

  static List<ConfigKind> all() {
    return List.of(
        new ConfigKind(
            "authority",
            Set.of("zones", "registrations"),
            ConfigKinds::checkAuthority,
            Optional.empty()),
        new ConfigKind(
            "backbone",
            Set.of("cluster", "mapping", "map", "grants", "labels", "fallback"),
            BackboneSettings::load,
            Optional.empty()));
  }

  private static void checkAuthority(Path file) throws ConfigException {
    ConfigSection root = ConfigFile.load(file, AuthoritySettings.REFERENCE);
    AuthoritySettings.read(root);
    root.finish();
  }
}
