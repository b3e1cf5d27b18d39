package net.dglb.mapping.convert;

/** Watches that pages come in order, from 0, of one thing and all of them. */
final class PageOrder {

  private final String what;
  private final int mostPages;
  private String current = "";
  private int pages;
  private int next;

  PageOrder(String what, int mostPages) {
    this.what = what;
    this.mostPages = mostPages;
  }

  /**
   * Takes a page.
   *
   * @param of what all its pages have in common
   * @return whether it was the last one
   */
  boolean take(String of, int page, int statedPages) throws MalformedMessageException {
    if (statedPages < 1 || statedPages > mostPages) {
      throw new MalformedMessageException(
          "%s %s: %s pages (expected 1 to %d)"
              .formatted(what, of, Integer.toUnsignedString(statedPages), mostPages));
    }
    if (page == 0) {
      current = of;
      pages = statedPages;
      next = 0;
    }
    if (page != next || statedPages != pages || !of.equals(current)) {
      throw new MalformedMessageException(
          "%s %s: page %s of %d (expected %s)"
              .formatted(what, of, Integer.toUnsignedString(page), statedPages, expected()));
    }
    next++;
    boolean last = next == pages;
    if (last) {
      reset();
    }
    return last;
  }

  void reset() {
    current = "";
    pages = 0;
    next = 0;
  }

  private String expected() {
    return pages == 0 ? "page 0" : "page %d of %d of %s".formatted(next, pages, current);
  }
}
