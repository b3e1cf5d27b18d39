package net.dglb.backbone.map;

import com.google.protobuf.ByteString;
import java.util.Map;
import java.util.function.Consumer;

/** The shared map of a node that stands alone: always away. */
public final class AbsentMap implements SharedMap {

  @Override
  public void put(String key, ByteString value) {}

  @Override
  public void scan(Consumer<Map<String, ByteString>> consumer) {}

  @Override
  public void onHint(Runnable hint) {}
}
