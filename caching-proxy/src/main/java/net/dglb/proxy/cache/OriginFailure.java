package net.dglb.proxy.cache;

/** How asking the origin failed. */
public sealed interface OriginFailure {
  /** No response came: no connection, or it broke, or time ran out. */
  record Unreachable() implements OriginFailure {}

  /**
   * A response came.
   *
   * @param status its status code
   */
  record Status(int status) implements OriginFailure {}
}
