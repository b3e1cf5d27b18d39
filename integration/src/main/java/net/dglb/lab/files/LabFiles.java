package net.dglb.lab.files;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import net.dglb.identity.IdentityException;
import net.dglb.identity.IdentityFiles;
import net.dglb.identity.NetworkAuthority;
import net.dglb.identity.NodeIdentity;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.identity.Secret;
import net.dglb.lab.plan.City;
import net.dglb.lab.plan.LabPlan;
import net.dglb.net.DomainName;
import net.dglb.net.Location;

/** Writes a lab's files; what is there already stays, so that a kept lab keeps its identities. */
public final class LabFiles {

  private static final Duration VALIDITY = Duration.ofDays(365);
  private static final int MAP_KEY_OCTETS = 32;

  private final LabPlan plan;
  private final LabDirectory directory;

  /** The files of a lab that were written before. */
  public LabFiles(LabPlan plan, LabDirectory directory) {
    this.plan = plan;
    this.directory = directory;
  }

  /**
   * Writes everything that the plan's nodes need.
   *
   * @throws IOException if a file cannot be written
   * @throws IdentityException if a certificate cannot be issued
   */
  public static void write(LabPlan plan, LabDirectory directory)
      throws IOException, IdentityException {
    directory.make();
    LabFiles files = new LabFiles(plan, directory);
    files.writeIdentities(Instant.now());
    files.writeMapKey();
    files.writeKeys();
    files.writeZones();
    files.writeLocations();
    files.writeConfigs();
  }

  /**
   * The same over the files of an earlier lab, which stay.
   *
   * @throws IOException if those are damaged; the message says what to do
   */
  public static void writeAgain(LabPlan plan, LabDirectory directory) throws IOException {
    try {
      write(plan, directory);
    } catch (IOException | IdentityException | IllegalArgumentException e) {
      throw new IOException(
          "%s cannot be gone on with: %s (expected: the whole files of a lab that ran; without --keep a new one is made)"
              .formatted(directory.root(), reason(e)),
          e);
    }
  }

  private static String reason(Exception problem) {
    return switch (problem) {
      case NoSuchFileException missing -> missing.getFile() + ": no such file or folder";
      case FileAlreadyExistsException other -> other.getFile() + ": no folder";
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      default -> String.valueOf(problem.getMessage());
    };
  }

  private void writeIdentities(Instant now) throws IdentityException {
    Path pki = directory.pki();
    NetworkAuthority authority =
        Files.exists(pki.resolve(NetworkAuthority.KEY_FILE))
            ? NetworkAuthority.load(pki)
            : NetworkAuthority.create(pki, "DGLB lab", VALIDITY, now);
    for (LabPlan.Node node : plan.nodes()) {
      if (Files.exists(NodeConfigs.identityFile(directory, node, ".pem"))) {
        NodeIdentity.load(identity(node), now).require(node.role(), node.id());
      } else {
        List<InetAddress> addresses = new ArrayList<>(node.addresses());
        authority.issue(new PeerIdentity(node.role(), node.id()), addresses, VALIDITY, now, pki);
      }
    }
  }

  private IdentityFiles identity(LabPlan.Node node) {
    return new IdentityFiles(
        NodeConfigs.identityFile(directory, node, ".pem"),
        NodeConfigs.identityFile(directory, node, "-key.pem"),
        directory.pki().resolve(NetworkAuthority.CERTIFICATE_FILE));
  }

  private void writeMapKey() throws IOException, IdentityException {
    if (Files.exists(directory.mapKey())) {
      Secret.load(directory.mapKey());
      return;
    }
    byte[] key = new byte[MAP_KEY_OCTETS];
    new SecureRandom().nextBytes(key);
    Files.createFile(
        directory.mapKey(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    write(directory.mapKey(), Base64.getEncoder().encodeToString(key) + "\n");
  }

  private void writeKeys() throws IOException {
    if (plan.options().dnssec()) {
      List<LabPlan.Node> authorities = plan.nodes(NodeRole.AUTHORITY);
      LabKeys keys = new LabKeys(directory);
      keys.make(authorities.getFirst().id(), DomainName.ROOT);
      keys.make(authorities.getFirst().id(), DomainName.of("test"));
      keys.make(authorities.getLast().id(), LabPlan.ENTERPRISE);
    }
  }

  private void writeZones() throws IOException {
    ZoneTexts zones = new ZoneTexts(plan, new LabKeys(directory));
    write(directory.zone("root"), zones.rootZone());
    write(directory.zone("test"), zones.topLevelZone());
    write(directory.zone("foobar.test"), zones.enterpriseZone());
    RegistrationTexts registrations = new RegistrationTexts(plan);
    for (LabPlan.ServicePlan service : plan.services()) {
      write(directory.registration(service.zone().toString()), registrations.of(service));
    }
  }

  /**
   * Puts the infrastructure zone's DS record into the zone above it, as the backbone's operator
   * does; the authority takes the changed file.
   *
   * @param ds the data of the record
   */
  public void secureInfrastructure(String ds) throws IOException {
    write(directory.zone("test"), new ZoneTexts(plan, new LabKeys(directory)).topLevelZone(ds));
  }

  /** Of all cities: those without a load balancer have resolvers that are known by this alone. */
  private void writeLocations() throws IOException {
    StringBuilder text = new StringBuilder();
    for (City city : plan.roundTrips().cities()) {
      Location at = city.location();
      plan.prefixes(city)
          .forEach(
              prefix -> text.append(prefix + "," + at.latitude() + "," + at.longitude() + "\n"));
    }
    write(directory.locations(), text.toString());
  }

  private void writeConfigs() throws IOException {
    NodeConfigs configs = new NodeConfigs(plan, directory);
    for (LabPlan.Node node : plan.nodes()) {
      write(directory.config(node.id()), configs.of(node));
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }
}
