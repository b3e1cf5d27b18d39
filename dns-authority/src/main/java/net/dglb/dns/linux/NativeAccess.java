package net.dglb.dns.linux;

import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Set;

/** Whether this package works here: on a platform that it knows, with native access allowed. */
public final class NativeAccess {

  /** The numbers and layouts of {@link SystemCalls} hold for these. */
  private static final Set<String> ARCHITECTURES = Set.of("amd64", "x86_64", "aarch64");

  private NativeAccess() {}

  /**
   * Why it does not work, for people; empty if it does. Native access is allowed by the option
   * {@code --enable-native-access=ALL-UNNAMED} of the Java runtime.
   */
  public static String obstacle() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String architecture = System.getProperty("os.arch", "");
    if (!system.equals("linux")
        || !ARCHITECTURES.contains(architecture)
        || ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      return system + " on " + architecture + " (expected: Linux on amd64 or aarch64)";
    }
    if (!NativeAccess.class.getModule().isNativeAccessEnabled()) {
      return "native access is not allowed (expected: java --enable-native-access=ALL-UNNAMED)";
    }
    return "";
  }

  /** Whether there is no obstacle. */
  public static boolean isAvailable() {
    return obstacle().isEmpty();
  }
}
