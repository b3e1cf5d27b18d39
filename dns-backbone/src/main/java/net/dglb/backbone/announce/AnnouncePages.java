package net.dglb.backbone.announce;

import java.util.Optional;
import net.dglb.mapping.wire.Announce;
import org.jspecify.annotations.Nullable;

/** Collects the pages of one load balancer's announcement, bounded. Not thread-safe. */
public final class AnnouncePages {

  /** The most prefixes of one load balancer, of both kinds together. */
  public static final int MAX_PREFIXES = 500_000;

  private static final int MAX_PAGES = 10_000;

  private Announce.@Nullable Builder collected;
  private int next;

  /**
   * Takes one page.
   *
   * @return the whole announcement once the last page is in
   * @throws IllegalArgumentException if the page does not follow the last one, or it is too much;
   *     the announcement must then be begun again
   */
  public Optional<Announce> add(Announce page) {
    int pages = Math.max(1, page.getPages());
    if (page.getPage() == 0) {
      collected = page.toBuilder();
      next = 1;
    } else {
      append(page);
    }
    Announce.Builder whole = collected;
    if (whole == null
        || pages > MAX_PAGES
        || whole.getResolverPrefixesCount() + whole.getClientPrefixesCount() > MAX_PREFIXES) {
      collected = null;
      throw new IllegalArgumentException(
          "announcement of "
              + pages
              + " pages (expected at most "
              + MAX_PAGES
              + " with at most "
              + MAX_PREFIXES
              + " prefixes)");
    }
    if (next < pages) {
      return Optional.empty();
    }
    collected = null;
    return Optional.of(whole.setPage(0).setPages(1).build());
  }

  private void append(Announce page) {
    Announce.Builder whole = collected;
    if (whole == null
        || page.getPage() != next
        || !page.getVersion().equals(whole.getVersion())
        || page.getPages() != whole.getPages()) {
      collected = null;
      throw new IllegalArgumentException(
          "page "
              + page.getPage()
              + " of an announcement (expected page "
              + (whole == null ? 0 : next)
              + " of one version, in order)");
    }
    whole.addAllResolverPrefixes(page.getResolverPrefixesList());
    whole.addAllClientPrefixes(page.getClientPrefixesList());
    next++;
  }
}
