package net.dglb.backbone.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.TcpIpConfig;
import net.dglb.net.Endpoint;

/**
 * Hazelcast as this project wants it: quiet, on one address, and with nothing that it can do
 * without.
 */
final class GridConfig {

  /** Not one of an interface's: loopback has more addresses than its interface tells. */
  private static final String LOCAL_ADDRESS = "hazelcast.local.localAddress";

  private GridConfig() {}

  static Config of(ClusterSettings settings) {
    Config config = new Config();
    config.setClusterName(settings.name());
    config.setProperty("hazelcast.logging.type", "slf4j");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.shutdownhook.enabled", "false");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.setProperty("hazelcast.wait.seconds.before.join", "0");
    config.setProperty("hazelcast.merge.first.run.delay.seconds", "10");
    config.setProperty("hazelcast.merge.next.run.delay.seconds", "10");
    config.setProperty("hazelcast.operation.call.timeout.millis", "10000");
    config.setProperty(
        "hazelcast.heartbeat.interval.seconds",
        Long.toString(settings.heartbeatInterval().toSeconds()));
    config.setProperty(
        "hazelcast.max.no.heartbeat.seconds",
        Long.toString(settings.heartbeatTimeout().toSeconds()));
    config.getJetConfig().setEnabled(false);
    config.getMetricsConfig().setEnabled(false);
    config.getSerializationConfig().setJavaSerializationFilterConfig(failuresOnly());
    network(config, settings);
    return config;
  }

  private static void network(Config config, ClusterSettings settings) {
    NetworkConfig network = config.getNetworkConfig();
    Endpoint listen = settings.listen();
    network.setPort(listen.port()).setPortAutoIncrement(false).setReuseAddress(true);
    String address = listen.address().getHostAddress();
    network.getInterfaces().setEnabled(true).addInterface(address);
    config.setProperty(LOCAL_ADDRESS, address);
    JoinConfig join = network.getJoin();
    join.getMulticastConfig().setEnabled(false);
    join.getAutoDetectionConfig().setEnabled(false);
    TcpIpConfig members = join.getTcpIpConfig().setEnabled(true);
    members.addMember(listen.toString());
    settings.members().forEach(member -> members.addMember(member.toString()));
  }

  /**
   * Keys are texts and values are octets, so that nothing of ours is ever an object. What members
   * must be able to tell each other is what failed: Hazelcast's own exceptions and their parts.
   */
  private static JavaSerializationFilterConfig failuresOnly() {
    JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig();
    filter.setDefaultsDisabled(true);
    filter.getWhitelist().addPrefixes("com.hazelcast.spi.exception.", "com.hazelcast.core.");
    filter
        .getWhitelist()
        .addClasses(
            "java.lang.Throwable",
            "java.lang.Exception",
            "java.lang.RuntimeException",
            "java.lang.IllegalStateException",
            "java.lang.IllegalArgumentException",
            "java.lang.StackTraceElement",
            "[Ljava.lang.StackTraceElement;",
            "java.util.CollSer",
            "java.util.Collections$EmptyList");
    return filter;
  }
}
