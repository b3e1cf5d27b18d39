package net.dglb.authority.keys;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import net.dglb.authority.keys.KeyState.Active;
import net.dglb.authority.keys.KeyState.Announced;
import net.dglb.authority.keys.KeyState.Introduced;
import net.dglb.authority.keys.KeyState.Published;
import net.dglb.authority.keys.KeyState.Retired;
import net.dglb.authority.keys.KeyState.Withdrawn;
import net.dglb.dns.sign.SigningKey;
import net.dglb.net.DomainName;

/**
 * The files of keys: one for each zone, readable by the node's user alone, replaced as a whole. Not
 * part of the state store, which starts anew when it is damaged: a lost key makes a zone
 * unreachable for everybody who validates.
 */
final class KeyFile {

  private final Path folder;

  /** Keeps the files in a folder, which is made when the first is written. */
  KeyFile(Path folder) {
    this.folder = folder;
  }

  /** Where a zone's keys are. */
  Path of(DomainName zone) {
    return folder.resolve((zone.labels().isEmpty() ? "root" : zone.toString()) + ".keys");
  }

  /**
   * Reads a zone's keys; none if there is no file.
   *
   * @throws IOException if there is one that cannot be used; says which and what to do
   */
  KeyChain read(DomainName zone) throws IOException {
    Path file = of(zone);
    if (!Files.exists(file)) {
      return KeyChain.EMPTY;
    }
    try {
      JsonArray keys = new JsonObject(Files.readString(file)).getJsonArray("keys");
      List<ZoneKey> read = new ArrayList<>();
      for (int i = 0; i < keys.size(); i++) {
        read.add(key(keys.getJsonObject(i)));
      }
      return new KeyChain(read);
    } catch (RuntimeException e) { // whatever does not fit in the file
      throw damaged(file, e);
    }
  }

  /** Without the cause's message: it may hold what the file holds. */
  private static IOException damaged(Path file, Exception cause) {
    return new IOException(
        file
            + ": damaged, "
            + cause.getClass().getSimpleName()
            + " (expected: the keys as the node wrote them; restore the file from a backup)");
  }

  /** Puts a file that cannot be used aside, under a name with the time; nothing is deleted. */
  void setAside(DomainName zone, Instant now) throws IOException {
    Path file = of(zone);
    if (Files.exists(file)) {
      Files.move(file, file.resolveSibling(file.getFileName() + ".lost-" + now.getEpochSecond()));
    }
  }

  /** Writes a zone's keys; they are on disk when this returns. */
  void write(DomainName zone, KeyChain chain) throws IOException {
    Files.createDirectories(folder, permissions("rwx------"));
    Path file = of(zone);
    if (chain.isEmpty()) {
      Files.deleteIfExists(file);
      return;
    }
    JsonArray keys = new JsonArray();
    chain.keys().forEach(key -> keys.add(json(key)));
    String text =
        new JsonObject().put("zone", zone.toString()).put("keys", keys).encodePrettily() + "\n";
    Path written = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(written);
    try (FileChannel out =
        FileChannel.open(
            written,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            permissions("rw-------"))) {
      ByteBuffer octets = StandardCharsets.UTF_8.encode(text);
      while (octets.hasRemaining()) {
        out.write(octets);
      }
      out.force(true);
    }
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static FileAttribute<?> permissions(String text) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
  }

  private static JsonObject json(ZoneKey key) {
    JsonObject json =
        new JsonObject()
            .put("tag", key.key().tag())
            .put("algorithm", key.key().algorithm().number())
            .put("state", key.state().word())
            .put("since", key.state().since().toString())
            .put("secret", Base64.getEncoder().encodeToString(key.key().toBytes()));
    key.state().end().ifPresent(until -> json.put("until", until.toString()));
    return json;
  }

  private static ZoneKey key(JsonObject json) {
    return new ZoneKey(
        SigningKey.fromBytes(Base64.getDecoder().decode(json.getString("secret"))), state(json));
  }

  private static KeyState state(JsonObject json) {
    Instant since = Instant.parse(json.getString("since"));
    Instant until = Instant.parse(json.getString("until", since.toString()));
    String word = json.getString("state");
    return switch (word) {
      case "introduced" -> new Introduced(since, until);
      case "published" -> new Published(since, until);
      case "announced" -> new Announced(since);
      case "active" -> new Active(since);
      case "retired" -> new Retired(since, until);
      case "withdrawn" -> new Withdrawn(since, until);
      default -> throw new IllegalArgumentException("state: " + word);
    };
  }
}
