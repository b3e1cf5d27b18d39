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
    config.getSerializationConfig().setJavaSerializationFilterConfig(nothing());
    network(config.getNetworkConfig(), settings);
    return config;
  }

  private static void network(NetworkConfig network, ClusterSettings settings) {
    Endpoint listen = settings.listen();
    network.setPort(listen.port()).setPortAutoIncrement(false).setReuseAddress(true);
    network.getInterfaces().setEnabled(true).addInterface(listen.address().getHostAddress());
    JoinConfig join = network.getJoin();
    join.getMulticastConfig().setEnabled(false);
    join.getAutoDetectionConfig().setEnabled(false);
    TcpIpConfig members = join.getTcpIpConfig().setEnabled(true);
    members.addMember(listen.toString());
    settings.members().forEach(member -> members.addMember(member.toString()));
  }

  /** No class at all may be read by Java deserialization: keys are texts, values are octets. */
  private static JavaSerializationFilterConfig nothing() {
    JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig();
    filter.setDefaultsDisabled(true);
    filter.getBlacklist().addPrefixes("");
    return filter;
  }
}
