package net.dglb.bench.decisions;

/** How often the answer to the clients of one city changes, and how often without need. */
final class AnswerChanges {

  private static final double NEED_MILLIS = 1;

  private final Internet internet;
  private final int city;
  private int all;
  private int needless;

  AnswerChanges(Internet internet, int city) {
    this.internet = internet;
    this.city = city;
  }

  /** One site is answered instead of another one. */
  void count(int before, int after, long nanos) {
    all++;
    boolean needed =
        !internet.works(before, nanos)
            || (internet.works(after, nanos)
                && internet.millis(city, before, nanos) - internet.millis(city, after, nanos)
                    >= NEED_MILLIS);
    if (!needed) {
      needless++;
    }
  }

  int all() {
    return all;
  }

  int needless() {
    return needless;
  }
}
