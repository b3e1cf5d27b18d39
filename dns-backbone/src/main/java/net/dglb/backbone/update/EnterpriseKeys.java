package net.dglb.backbone.update;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import net.dglb.backbone.keys.KeySeal;
import net.dglb.backbone.registry.state.RegistryState;
import net.dglb.backbone.registry.wire.EnterpriseRecord;
import net.dglb.backbone.registry.wire.UpdateKey;
import net.dglb.dns.tsig.TsigKeys;
import net.dglb.identity.TsigAlgorithm;
import net.dglb.identity.TsigKey;
import net.dglb.net.DomainName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys of all enterprises, opened again whenever the registry has other ones. Thread-safe. */
public final class EnterpriseKeys implements TsigKeys {

  private static final Logger LOG = LoggerFactory.getLogger(EnterpriseKeys.class);

  /** A key and whose it is. */
  private record Owned(String enterprise, TsigKey key) {}

  private record Opened(SortedMap<String, EnterpriseRecord> from, Map<DomainName, Owned> keys) {}

  private final Supplier<RegistryState> state;
  private final KeySeal seal;
  private volatile Opened opened = new Opened(new TreeMap<>(), Map.of());

  /** Reads keys from the registry's state. */
  public EnterpriseKeys(Supplier<RegistryState> state, KeySeal seal) {
    this.state = state;
    this.seal = seal;
  }

  @Override
  public Optional<TsigKey> find(DomainName name) {
    return Optional.ofNullable(keys().get(name)).map(Owned::key);
  }

  /** Whose key it is that has this name. */
  Optional<String> owner(DomainName name) {
    return Optional.ofNullable(keys().get(name)).map(Owned::enterprise);
  }

  private Map<DomainName, Owned> keys() {
    SortedMap<String, EnterpriseRecord> now = state.get().enterprises();
    Opened last = opened;
    if (!last.from().equals(now)) {
      last = new Opened(now, open(now));
      opened = last;
    }
    return last.keys();
  }

  /** A key as the registry keeps it: its secret is sealed under the backbone's map key. */
  public UpdateKey sealed(TsigKey key) {
    return UpdateKey.newBuilder()
        .setName(key.name().toString())
        .setAlgorithm(key.algorithm().word())
        .setSealedSecret(seal.seal(key.name(), key.secret().getEncoded()))
        .build();
  }

  private TsigKey open(UpdateKey stored) {
    DomainName name = DomainName.of(stored.getName());
    TsigAlgorithm algorithm =
        TsigAlgorithm.ofWord(stored.getAlgorithm())
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "key " + name + " has an unknown algorithm " + stored.getAlgorithm()));
    return new TsigKey(name, algorithm, seal.open(name, stored.getSealedSecret()));
  }

  private Map<DomainName, Owned> open(SortedMap<String, EnterpriseRecord> enterprises) {
    Map<DomainName, Owned> keys = new TreeMap<>();
    for (EnterpriseRecord each : enterprises.values()) {
      for (UpdateKey stored : each.getUpdateKeysList()) {
        try {
          TsigKey key = open(stored);
          keys.put(key.name(), new Owned(each.getName(), key));
        } catch (IllegalArgumentException e) {
          LOG.error("{}", e.getMessage());
        }
      }
    }
    return keys;
  }
}
