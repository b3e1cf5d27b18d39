package net.dglb.proxy.http;

/**
 * A response without its content.
 *
 * @param status the status code, 100 to 999
 * @param headers the header fields
 */
public record ResponseHead(int status, Headers headers) {
  /** Checks the status. */
  public ResponseHead {
    if (status < 100 || status > 999) {
      throw new IllegalArgumentException("status: " + status + " (expected: 100 to 999)");
    }
  }

  /** This response with other fields. */
  public ResponseHead with(Headers other) {
    return new ResponseHead(status, other);
  }
}
