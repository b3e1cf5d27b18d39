package net.dglb.node;

import java.util.Objects;

/** The version of this build. */
public final class Version {

  private Version() {}

  /** The version of the packaged build, or {@code development} when it runs from classes. */
  public static String text() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "development");
  }
}
