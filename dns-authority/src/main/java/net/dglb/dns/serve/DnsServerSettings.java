package net.dglb.dns.serve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.dglb.config.ConfigSection;
import net.dglb.config.FileCheck;
import net.dglb.identity.Secret;

/**
 * How a server serves. The keys of a configuration are documented in {@code
 * dns-server-reference.conf}, which the references of the nodes include.
 *
 * @param udp how UDP is served
 * @param tcp limits of TCP and TLS
 * @param tls DNS over TLS; empty for none
 * @param identity what the server tells of itself
 * @param cookieSecrets files of secrets for cookies, the current one first; empty for a random one
 * @param guards limits against abuse
 * @param explain who gets explanations
 */
public record DnsServerSettings(
    UdpSettings udp,
    TcpLimits tcp,
    Optional<TlsSettings> tls,
    ServerIdentity identity,
    List<Path> cookieSecrets,
    GuardSettings guards,
    ExplainSettings explain) {

  /** One worker per address and the default limits. */
  public static final DnsServerSettings DEFAULT =
      new DnsServerSettings(
          UdpSettings.DEFAULT,
          TcpLimits.DEFAULT,
          Optional.empty(),
          ServerIdentity.NONE,
          List.of(),
          GuardSettings.DEFAULT,
          ExplainSettings.OFF);

  /** Copies the list. */
  public DnsServerSettings {
    cookieSecrets = List.copyOf(cookieSecrets);
  }

  /** Reads the engine's keys of a node's {@code dns} section; problems stay with the section. */
  public static DnsServerSettings read(ConfigSection dns) {
    return new DnsServerSettings(
        UdpSettings.read(dns),
        TcpLimits.read(dns.section("tcp")),
        TlsSettings.read(dns.section("tls")),
        ServerIdentity.read(dns),
        cookieSecrets(dns),
        GuardSettings.read(dns.section("guards")),
        ExplainSettings.read(dns.section("explain")));
  }

  private static List<Path> cookieSecrets(ConfigSection dns) {
    List<Path> files = dns.readableFiles("cookie-secrets");
    for (int i = 0; i < files.size(); i++) {
      Path file = files.get(i);
      dns.onCheck("cookie-secrets." + i, FileCheck.of(() -> Secret.load(file)));
    }
    return files;
  }

  /** The files that it names. */
  List<Path> files() {
    List<Path> files = new ArrayList<>(cookieSecrets);
    tls.ifPresent(shown -> files.addAll(List.of(shown.certificate(), shown.key())));
    return files;
  }

  /** The same with UDP served in another way. */
  public DnsServerSettings withUdp(UdpSettings other) {
    return new DnsServerSettings(other, tcp, tls, identity, cookieSecrets, guards, explain);
  }

  /** The same with other limits of TCP. */
  public DnsServerSettings withTcp(TcpLimits other) {
    return new DnsServerSettings(udp, other, tls, identity, cookieSecrets, guards, explain);
  }

  /** The same with TLS. */
  public DnsServerSettings withTls(TlsSettings other) {
    return new DnsServerSettings(
        udp, tcp, Optional.of(other), identity, cookieSecrets, guards, explain);
  }

  /** The same with explanations. */
  public DnsServerSettings withExplain(ExplainSettings other) {
    return new DnsServerSettings(udp, tcp, tls, identity, cookieSecrets, guards, other);
  }

  /** The same with other guards. */
  public DnsServerSettings withGuards(GuardSettings other) {
    return new DnsServerSettings(udp, tcp, tls, identity, cookieSecrets, other, explain);
  }
}
