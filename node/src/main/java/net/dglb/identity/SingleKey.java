package net.dglb.identity;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The one key of the node, whatever the peer prefers, for TLS libraries whose engines the JDK's key
 * managers do not understand. A reloaded key gets another alias, since such libraries keep keys by
 * alias.
 */
final class SingleKey extends X509ExtendedKeyManager {

  private final Supplier<KeyMaterial> current;

  SingleKey(Supplier<KeyMaterial> current) {
    this.current = current;
  }

  private String alias() {
    return current.get().certificate().getSerialNumber().toString(16);
  }

  private @Nullable String aliasFor(String... keyTypes) {
    return Arrays.asList(keyTypes).contains(current.get().key().getAlgorithm()) ? alias() : null;
  }

  @Override
  public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[] {alias()};
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return aliasFor(keyType);
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return aliasFor(keyType);
  }

  @Override
  public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[] {alias()};
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return aliasFor(keyType);
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return aliasFor(keyType);
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return new X509Certificate[] {current.get().certificate()};
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return current.get().key();
  }
}
