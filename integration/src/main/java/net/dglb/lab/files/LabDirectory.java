package net.dglb.lab.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a lab keeps everything.
 *
 * @param root its folder, absolute
 */
public record LabDirectory(Path root) {

  private static final String MARK = ".dglb-lab";

  /** Makes the path absolute. */
  public LabDirectory {
    root = root.toAbsolutePath().normalize();
  }

  /** What scripts read. */
  public Path description() {
    return root.resolve("lab.json");
  }

  /** The network authority's folder; certificates lie there too. */
  public Path pki() {
    return root.resolve("pki");
  }

  /** The key that seals the resolver map's entries. */
  public Path mapKey() {
    return root.resolve("map.key");
  }

  /** Where resolvers stand that no load balancer announces. */
  public Path locations() {
    return root.resolve("locations.csv");
  }

  /** A master file. */
  public Path zone(String name) {
    return root.resolve("zones").resolve(name + ".zone");
  }

  /** A registration document. */
  public Path registration(String name) {
    return root.resolve("registrations").resolve(name + ".conf");
  }

  /** A node's configuration. */
  public Path config(String id) {
    return root.resolve("config").resolve(id + ".conf");
  }

  /** A node's durable state. */
  public Path state(String id) {
    return root.resolve("state").resolve(id);
  }

  /** A node's log. */
  public Path log(String id) {
    return root.resolve("log").resolve(id + ".log");
  }

  /**
   * Takes the folder for one lab, also while that is still starting; makes and marks it, for the
   * user alone.
   *
   * @return gives the folder free when it is closed
   * @throws IOException if another lab has it, or it is a folder with something else in it
   */
  public Closeable claim() throws IOException {
    if (!isUsed() && holdsSomething()) {
      throw new IOException(
          root + " is not empty and not a lab's (expected: an empty or missing folder)");
    }
    Files.createDirectories(root);
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
    FileChannel mark =
        FileChannel.open(root.resolve(MARK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!locked(mark)) {
      mark.close();
      throw new IOException(
          root + ": another lab starts or runs there (expected: a folder of its own, as --dir)");
    }
    return mark;
  }

  private static boolean locked(FileChannel mark) throws IOException {
    try {
      return mark.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private boolean isUsed() {
    return Files.exists(root.resolve(MARK));
  }

  /** Makes the folders of a claimed root. */
  void make() throws IOException {
    Files.createDirectories(pki());
    for (Path file : List.of(zone("x"), registration("x"), config("x"), state("x"), log("x"))) {
      Files.createDirectories(file.getParent());
    }
  }

  private boolean holdsSomething() throws IOException {
    if (!Files.isDirectory(root)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(root)) {
      return entries.findAny().isPresent();
    }
  }

  /** Deletes an earlier lab's files; the root must be claimed. */
  public void clear() throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!file.equals(root.resolve(MARK))) {
              Files.delete(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (!folder.equals(root)) {
              Files.delete(folder);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
