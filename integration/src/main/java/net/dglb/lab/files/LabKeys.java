package net.dglb.lab.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import net.dglb.dns.keys.KeyChain;
import net.dglb.dns.keys.KeyState;
import net.dglb.dns.keys.KeyText;
import net.dglb.dns.keys.ZoneKey;
import net.dglb.dns.sign.SigningAlgorithm;
import net.dglb.dns.sign.SigningKey;
import net.dglb.net.DomainName;

/**
 * The keys of the zones above the enterprise's and of its own, made beforehand, so that each parent
 * has the DS records of its children from the first second on, and a resolver that trusts the root
 * validates everything.
 */
public final class LabKeys {

  private static final int DS_HEADER_OCTETS = 4;

  private final LabDirectory directory;

  /** The keys of a lab. */
  public LabKeys(LabDirectory directory) {
    this.directory = directory;
  }

  /** The zone's file among the node's keys, as an authority keeps it. */
  private Path file(String node, DomainName zone) {
    String name = zone.labels().isEmpty() ? "root" : zone.toString();
    return directory.state(node).resolve("keys").resolve(name + ".keys");
  }

  /** Makes a zone's key, unless it is there. */
  void make(String node, DomainName zone) throws IOException {
    Path file = file(node, zone);
    if (Files.exists(file)) {
      read(file);
      return;
    }
    Files.createDirectories(file.getParent());
    SigningKey key = SigningKey.generate(SigningAlgorithm.ECDSA_P256, SigningKey.ENTRY_POINT);
    ZoneKey inUse = new ZoneKey(key, new KeyState.Active(Instant.now()));
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        file, KeyText.write(zone, new KeyChain(List.of(inUse))), StandardCharsets.UTF_8);
  }

  /** Damage shows here, with the file's name, not when a node needs the key. */
  private static KeyChain read(Path file) throws IOException {
    try {
      return KeyText.read(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * The DS record of a zone as a line of a master file, without a TTL.
   *
   * @param node whose zone it is
   */
  public String ds(String node, DomainName zone) throws IOException {
    KeyChain keys = read(file(node, zone));
    SigningKey key =
        keys.announced().orElseThrow(() -> new IOException(zone + ": the lab has no key in use"));
    byte[] data = key.ds(zone);
    return "%s DS %d %d %d %s"
        .formatted(
            zone.labels().isEmpty() ? "." : zone + ".",
            key.tag(),
            key.algorithm().number(),
            data[DS_HEADER_OCTETS - 1],
            HexFormat.of().withUpperCase().formatHex(data, DS_HEADER_OCTETS, data.length));
  }
}
