package net.dglb.config;

import com.typesafe.config.ConfigValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is at a key.
 *
 * @param value nothing if it is absent or null
 * @param known the keys below it that were asked for
 * @param path from the whole file
 * @param name for people
 */
record Found(@Nullable ConfigValue value, KnownKeys known, List<String> path, String name) {}
