package net.dglb.proxy.http;

/**
 * A request without its content.
 *
 * @param method the method, case-sensitive
 * @param target the target URI
 * @param headers the header fields
 */
public record RequestHead(String method, TargetUri target, Headers headers) {
  /** Checks the method. */
  public RequestHead {
    if (!Syntax.isToken(method)) {
      throw new IllegalArgumentException("method: '" + method + "' (expected: a token)");
    }
  }
}
