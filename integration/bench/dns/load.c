/*
 * Loads one DNS server and says how it answered.
 *
 *   load udp|tcp|paced|first ADDRESS PORT NAMES [-s SECONDS] [-w WINDOW] [-r RATE] [-c CONNECTIONS]
 *        [-t TYPE] [-e] [-d] [-n SUBNET/24] [-k] [-m] [-x]
 *
 * udp    as many queries as come back: WINDOW of them are on the way at any time
 * paced  RATE queries per second, one by one, each timed
 * tcp    CONNECTIONS, with WINDOW queries on the way on each
 * first  a query every 2 ms until one is answered, for SECONDS at most; sleeps between them
 * NAMES  a file with a name per line, asked in turn
 * -m each query from another source in 127.0.0.0/8 (udp only)
 * -x every second query mutated: octets changed, cut, or with more behind it
 * -e adds an OPT record, -d one with the DO bit, -n one with a client subnet, -k one with a client cookie
 *
 * Prints one line: sent answered noerror with-records seconds p50-us p99-us answer-octets
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MAX_NAMES 20000
#define BATCH 64
#define OCTETS 4096
#define MAX_CONNECTIONS 64
#define BUCKETS 200000 /* of 100 ns */

static unsigned char queries[MAX_NAMES][256];
static int lengths[MAX_NAMES];
static int names;
static long next_query;

static double seconds = 3;
static int window = 128, rate = 20000, connections = 8, type = 1;
static int edns, dnssec_ok, cookie, many_sources, hostile;
static struct in_addr subnet;

static long sent, answered, noerror, with_records, answer_octets;
static int histogram[BUCKETS];

static long now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000L + t.tv_nsec;
}

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static int put_options(unsigned char *at) {
  int length = 0;
  if (subnet.s_addr) {
    unsigned char option[] = {0, 8, 0, 7, 0, 1, 24, 0};
    memcpy(at, option, 8);
    memcpy(at + 8, &subnet, 3);
    length = 11;
  }
  if (cookie) {
    unsigned char option[] = {0, 10, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8};
    memcpy(at + length, option, 12);
    length += 12;
  }
  return length;
}

static void add_query(const char *name) {
  unsigned char *query = queries[names];
  unsigned char header[12] = {0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, edns};
  memcpy(query, header, 12);
  int at = 12;
  while (*name) {
    int label = strcspn(name, ".");
    query[at++] = label;
    memcpy(query + at, name, label);
    at += label;
    name += label + (name[label] == '.');
  }
  unsigned char end[] = {0, type >> 8, type, 0, 1};
  memcpy(query + at, end, 5);
  at += 5;
  if (edns) {
    unsigned char opt[] = {0, 0, 41, 4, 208, 0, 0, dnssec_ok ? 0x80 : 0, 0, 0, 0};
    memcpy(query + at, opt, 11);
    int options = put_options(query + at + 11);
    query[at + 10] = options;
    at += 11 + options;
  }
  lengths[names++] = at;
}

static void read_names(const char *file) {
  FILE *f = fopen(file, "r");
  if (!f) fail(file);
  char line[200];
  while (names < MAX_NAMES && fgets(line, sizeof line, f)) {
    line[strcspn(line, " \t\r\n")] = 0;
    if (line[0]) add_query(line);
  }
  fclose(f);
}

static void count_answer(const unsigned char *answer, int length) {
  answered++;
  answer_octets += length;
  if ((answer[3] & 15) == 0) noerror++;
  if (answer[7] || answer[9]) with_records++;
}

/* Copies the next query, with an id, and returns its length. */
static int take_query(unsigned char *to, unsigned id) {
  int i = next_query++ % names;
  memcpy(to, queries[i], lengths[i]);
  to[0] = id >> 8;
  to[1] = id;
  return lengths[i];
}

static unsigned next_random(void) {
  static unsigned long state = 88172645463325252UL;
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state >> 16;
}

/* Spoils a query and returns its new length. */
static int mutate(unsigned char *query, int length) {
  if (next_random() & 1) return length;
  for (unsigned i = next_random() % 6; i > 0; i--) query[next_random() % length] = next_random();
  if (next_random() % 4 == 0) return 1 + next_random() % length;
  if (next_random() % 4 == 0) {
    int more = next_random() % 1000;
    for (int i = 0; i < more; i++) query[length + i] = next_random();
    return length + more;
  }
  return length;
}

static int udp_socket(struct sockaddr_in *server) {
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  int buffer = 4 << 20;
  if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof buffer) < 0)
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
  if (!many_sources && connect(fd, (struct sockaddr *)server, sizeof *server) < 0) fail("connect");
  return fd;
}

static struct mmsghdr out_headers[BATCH], in_headers[BATCH];
static struct iovec out_vectors[BATCH], in_vectors[BATCH];
static unsigned char out[BATCH][OCTETS], in[BATCH][OCTETS];

static char controls[BATCH][CMSG_SPACE(sizeof(struct in_pktinfo))]
    __attribute__((aligned(8)));

/* Lets a message leave from a source of its own: all of 127.0.0.0/8 is this machine. */
static void prepare_source(int i, struct sockaddr_in *server) {
  struct msghdr *header = &out_headers[i].msg_hdr;
  header->msg_name = server;
  header->msg_namelen = sizeof *server;
  header->msg_control = controls[i];
  header->msg_controllen = sizeof controls[i];
  struct cmsghdr *control = CMSG_FIRSTHDR(header);
  control->cmsg_level = IPPROTO_IP;
  control->cmsg_type = IP_PKTINFO;
  control->cmsg_len = CMSG_LEN(sizeof(struct in_pktinfo));
}

static void choose_source(int i) {
  static unsigned state = 1;
  state = state * 1664525 + 1013904223;
  struct in_pktinfo *info = (struct in_pktinfo *)CMSG_DATA(CMSG_FIRSTHDR(&out_headers[i].msg_hdr));
  info->ipi_spec_dst.s_addr = htonl(127u << 24 | (state >> 8 & 0xffffff) | 1);
}

static void prepare_batches(struct sockaddr_in *server) {
  for (int i = 0; i < BATCH; i++) {
    out_vectors[i].iov_base = out[i];
    in_vectors[i].iov_base = in[i];
    in_vectors[i].iov_len = OCTETS;
    out_headers[i].msg_hdr = (struct msghdr){.msg_iov = &out_vectors[i], .msg_iovlen = 1};
    in_headers[i].msg_hdr = (struct msghdr){.msg_iov = &in_vectors[i], .msg_iovlen = 1};
    if (many_sources) prepare_source(i, server);
  }
}

static void saturate(struct sockaddr_in *server) {
  int fd = udp_socket(server);
  struct timeval patience = {0, hostile ? 1000 : 50000};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  prepare_batches(server);
  long end = now_ns() + (long)(seconds * 1e9);
  int under_way = 0;
  unsigned id = 0;
  while (now_ns() < end) {
    while (under_way < window) {
      int count = window - under_way < BATCH ? window - under_way : BATCH;
      for (int i = 0; i < count; i++) {
        out_vectors[i].iov_len = take_query(out[i], id++);
        if (hostile) out_vectors[i].iov_len = mutate(out[i], out_vectors[i].iov_len);
        if (many_sources) choose_source(i);
      }
      int done = sendmmsg(fd, out_headers, count, 0);
      if (done < 0) fail("sendmmsg");
      sent += done;
      under_way += done;
    }
    int count = recvmmsg(fd, in_headers, BATCH, MSG_WAITFORONE, NULL);
    if (count < 0) {
      under_way = 0; /* they are lost: start again */
      continue;
    }
    for (int i = 0; i < count; i++) count_answer(in[i], in_headers[i].msg_len);
    under_way = under_way > count ? under_way - count : 0;
  }
  close(fd);
}

static void pace(struct sockaddr_in *server) {
  static long sent_at[65536];
  int fd = udp_socket(server);
  fcntl(fd, F_SETFL, O_NONBLOCK);
  long start = now_ns(), end = start + (long)(seconds * 1e9), gap = 1000000000L / rate;
  long due = start;
  unsigned char query[OCTETS], answer[OCTETS];
  unsigned id = 0;
  for (long now = start; now < end + 20000000; now = now_ns()) {
    if (now >= due && now < end) {
      int length = take_query(query, id);
      sent_at[id] = now_ns();
      if (send(fd, query, length, 0) > 0) sent++;
      id = (id + 1) & 0xffff;
      due += gap;
    }
    int length = recv(fd, answer, sizeof answer, 0);
    if (length >= 12) {
      count_answer(answer, length);
      long bucket = (now_ns() - sent_at[answer[0] << 8 | answer[1]]) / 100;
      histogram[bucket < BUCKETS ? bucket : BUCKETS - 1]++;
    }
  }
  close(fd);
}

static void await_first(struct sockaddr_in *server) {
  int fd = udp_socket(server);
  fcntl(fd, F_SETFL, O_NONBLOCK);
  long end = now_ns() + (long)(seconds * 1e9);
  unsigned char query[OCTETS], answer[OCTETS];
  while (with_records == 0 && now_ns() < end) {
    int length = take_query(query, sent & 0xffff);
    if (send(fd, query, length, 0) > 0) sent++;
    usleep(2000);
    length = recv(fd, answer, sizeof answer, 0);
    if (length >= 12) count_answer(answer, length);
  }
  close(fd);
}

static void pipeline(struct sockaddr_in *server) {
  static unsigned char buffers[MAX_CONNECTIONS][1 << 17];
  static unsigned char burst[1 << 16];
  int filled[MAX_CONNECTIONS] = {0};
  struct pollfd fds[MAX_CONNECTIONS];
  int one = 1;
  for (int i = 0; i < connections; i++) {
    fds[i].fd = socket(AF_INET, SOCK_STREAM, 0);
    fds[i].events = POLLIN;
    if (connect(fds[i].fd, (struct sockaddr *)server, sizeof *server) < 0) fail("connect");
    setsockopt(fds[i].fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  }
  long end = now_ns() + (long)(seconds * 1e9);
  int owed[MAX_CONNECTIONS];
  unsigned id = 0;
  for (int i = 0; i < connections; i++) owed[i] = window;
  while (now_ns() < end) {
    for (int i = 0; i < connections; i++) {
      int at = 0;
      for (; owed[i] > 0; owed[i]--, sent++) {
        int length = take_query(burst + at + 2, id++);
        burst[at] = length >> 8;
        burst[at + 1] = length;
        at += length + 2;
      }
      if (at > 0 && write(fds[i].fd, burst, at) != at) fail("write");
    }
    if (poll(fds, connections, 100) < 0) fail("poll");
    for (int i = 0; i < connections; i++) {
      if (!(fds[i].revents & (POLLIN | POLLHUP | POLLERR))) continue;
      int got = read(fds[i].fd, buffers[i] + filled[i], sizeof buffers[i] - filled[i]);
      if (got <= 0) {
        fprintf(stderr, "the server closed a connection\n");
        exit(1);
      }
      filled[i] += got;
      int at = 0;
      while (at + 2 <= filled[i]) {
        int length = buffers[i][at] << 8 | buffers[i][at + 1];
        if (at + 2 + length > filled[i]) break;
        count_answer(buffers[i] + at + 2, length);
        owed[i]++;
        at += 2 + length;
      }
      filled[i] -= at;
      memmove(buffers[i], buffers[i] + at, filled[i]);
    }
  }
}

static double percentile(double share) {
  long wanted = (long)(answered * share), seen = 0;
  for (int i = 0; i < BUCKETS; i++) {
    seen += histogram[i];
    if (seen > wanted) return i / 10.0;
  }
  return 0;
}

int main(int argc, char **argv) {
  if (argc < 5) {
    fprintf(stderr, "usage: load udp|tcp|paced|first ADDRESS PORT NAMES [options]\n");
    return 2;
  }
  int option;
  while ((option = getopt(argc - 4, argv + 4, "s:w:r:c:t:edn:kmx")) != -1) {
    switch (option) {
      case 's': seconds = atof(optarg); break;
      case 'w': window = atoi(optarg); break;
      case 'r': rate = atoi(optarg); break;
      case 'c': connections = atoi(optarg); break;
      case 't': type = atoi(optarg); break;
      case 'e': edns = 1; break;
      case 'd': edns = dnssec_ok = 1; break;
      case 'n': edns = 1; inet_pton(AF_INET, optarg, &subnet); break;
      case 'm': many_sources = 1; break;
      case 'x': hostile = 1; break;
      case 'k': edns = cookie = 1; break;
      default: return 2;
    }
  }
  read_names(argv[4]);
  struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[3]))};
  inet_pton(AF_INET, argv[2], &server.sin_addr);
  long start = now_ns();
  if (argv[1][0] == 'u') saturate(&server);
  else if (argv[1][0] == 'p') pace(&server);
  else if (argv[1][0] == 'f') await_first(&server);
  else pipeline(&server);
  printf("%ld %ld %ld %ld %.3f %.1f %.1f %.1f\n", sent, answered, noerror, with_records,
         (now_ns() - start) / 1e9, percentile(0.5), percentile(0.99),
         answered ? (double)answer_octets / answered : 0.0);
  return 0;
}
