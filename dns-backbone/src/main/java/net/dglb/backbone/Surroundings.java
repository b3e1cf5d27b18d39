package net.dglb.backbone;

import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import net.dglb.backbone.duty.AddressProbe;
import net.dglb.backbone.map.MapKeys;
import net.dglb.backbone.map.SharedMap;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.time.Timeline;

/** What a control plane is given: its state, its network, its time. */
record Surroundings(
    Function<String, Map<String, byte[]>> journal,
    Runnable commit,
    Function<String, SharedMap> shared,
    IntSupplier members,
    Supplier<MapKeys> mapKeys,
    Function<Consumer<Runnable>, ZoneRegistry> registry,
    AddressProbe probe,
    Executor background,
    RandomGenerator random,
    Timeline timeline) {}
