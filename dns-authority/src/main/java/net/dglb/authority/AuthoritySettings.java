package net.dglb.authority;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.dglb.authority.keys.ZoneSigning;
import net.dglb.config.ConfigSection;
import net.dglb.config.FileCheck;
import net.dglb.dns.serve.DnsServerSettings;
import net.dglb.dns.tsig.KeyFiles;
import net.dglb.dns.zone.ZoneFile;
import net.dglb.identity.NodeRole;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.node.ConfigurationFile;
import net.dglb.node.NodeSettings;
import net.dglb.service.RegistrationDocument;

/**
 * What an authority node is told; {@code authority-reference.conf} documents the keys.
 *
 * @param node what every node is told
 * @param listen where it answers DNS
 * @param dns how it answers
 * @param keys keys that it shares with secondaries
 * @param zones the zones that it serves
 * @param registrations registration documents; none for a server of plain zones
 * @param backbone where the backbone nodes listen for the mapping protocol
 */
public record AuthoritySettings(
    NodeSettings node,
    List<Endpoint> listen,
    DnsServerSettings dns,
    KeyFiles keys,
    List<ZoneSource> zones,
    List<Path> registrations,
    List<Endpoint> backbone) {

  /** The configuration file of an authority node. */
  public static final ConfigurationFile.Form<AuthoritySettings> FORM =
      new ConfigurationFile.Form<>(
          "authority-reference.conf",
          AuthoritySettings::read,
          List.of(
              "node",
              "identity",
              "log.level",
              "dns",
              "zones",
              "registrations",
              "tsig-keys",
              "backbone.nodes"),
          List.of("node.id", "node.state", "node.watch-interval"));

  /** Copies the lists. */
  public AuthoritySettings {
    listen = List.copyOf(listen);
    zones = List.copyOf(zones);
    registrations = List.copyOf(registrations);
    backbone = List.copyOf(backbone);
  }

  /** The folder of the keys that zones are signed with. */
  Path zoneKeys() {
    return zoneKeys(node);
  }

  private static Path zoneKeys(NodeSettings node) {
    return node.state().resolve("keys");
  }

  /** Reads the keys; problems stay with the section. */
  public static AuthoritySettings read(ConfigSection root) {
    NodeSettings node = NodeSettings.read(root, NodeRole.AUTHORITY);
    AuthoritySettings settings =
        new AuthoritySettings(
            node,
            root.endpoints("dns.listen"),
            DnsServerSettings.read(root.section("dns")),
            KeyFiles.read(root, "tsig-keys"),
            zones(root, node),
            registrations(root),
            root.endpoints("backbone.nodes"));
    settings.checkTogether(root);
    return settings;
  }

  private static List<ZoneSource> zones(ConfigSection root, NodeSettings node) {
    List<ZoneSource> zones = new ArrayList<>();
    Set<DomainName> origins = new HashSet<>();
    for (ConfigSection section : root.sections("zones")) {
      DomainName origin = section.domainName("origin");
      if (section.has("origin") && !origins.add(origin)) {
        section.problem("origin", "value: " + origin + " (expected: each zone once)");
      }
      ZoneSource zone = ZoneSource.read(section);
      section.onCheck("file", FileCheck.of(() -> ZoneFile.load(zone.file(), origin)));
      if (zone.dnssec().isPresent()) {
        section.onCheck("dnssec", FileCheck.of(() -> ZoneSigning.check(zoneKeys(node), origin)));
      }
      zones.add(zone);
    }
    return zones;
  }

  private static List<Path> registrations(ConfigSection root) {
    List<Path> files = root.readableFiles("registrations");
    for (int i = 0; i < files.size(); i++) {
      Path file = files.get(i);
      root.onCheck("registrations." + i, FileCheck.of(() -> RegistrationDocument.load(file)));
    }
    return files;
  }

  private void checkTogether(ConfigSection root) {
    if (listen.isEmpty()) {
      root.problem("dns.listen", "none (expected: at least one address and port)");
    }
    if (zones.isEmpty()) {
      root.problem("zones", "none (expected: at least one zone to serve)");
    }
    zones.stream()
        .flatMap(zone ->
            Stream.concat(
                zone.transfer().stream().flatMap(rule -> rule.key().stream()),
                zone.notified().stream().flatMap(target -> target.key().stream())))
        .distinct()
        .filter(key -> keys.find(key).isEmpty())
        .forEach(
            key -> root.problem("tsig-keys", "no file with a key " + key + ", which a zone names"));
    if (!registrations.isEmpty() && backbone.isEmpty()) {
      root.problem(
          "backbone.nodes", "none (expected: where to register, since there are registrations)");
    }
    if (!registrations.isEmpty() && node.identity().isEmpty()) {
      root.problem("identity", "missing (expected: a certificate, since there are registrations)");
    }
  }
}
