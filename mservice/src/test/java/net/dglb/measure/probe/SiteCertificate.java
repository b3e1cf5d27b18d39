package net.dglb.measure.probe;

import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A key with a self-signed certificate for one name, made by the JDK's keytool. */
final class SiteCertificate {

  private static final String PASSWORD = "only-for-tests";

  private final Path store;
  private final Path pem;

  SiteCertificate(Path folder, String name) throws IOException, InterruptedException {
    store = folder.resolve(name + ".p12");
    pem = folder.resolve(name + ".pem");
    String extension = "SAN=dns:" + name;
    keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name, "-ext", extension);
    keytool("-exportcert", "-rfc", "-file", pem.toString());
  }

  private void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-alias", "site", "-keystore", store.toString(), "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool failed: " + output);
    }
  }

  /** The certificate in PEM, which is its own authority. */
  Path pem() {
    return pem;
  }

  /** The same with its key, for a server of Vert.x. */
  PfxOptions keys() {
    return new PfxOptions().setPath(store.toString()).setPassword(PASSWORD);
  }

  /** A TLS listener on loopback that shows this certificate. */
  ServerSocket listen() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context
        .getServerSocketFactory()
        .createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
  }
}
