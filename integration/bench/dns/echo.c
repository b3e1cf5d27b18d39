/*
 * The floor of the DNS benchmark: receives with recvmmsg, answers with sendmmsg, and parses nothing.
 * Every query comes back as an answer with one fixed A record behind it.
 *
 *   echo ADDRESS PORT
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define BATCH 64
#define OCTETS 4096

static const unsigned char RECORD[16] = {
    0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1};

static struct mmsghdr headers[BATCH];
static struct iovec vectors[BATCH];
static struct sockaddr_in sources[BATCH];
static unsigned char messages[BATCH][OCTETS];

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: echo ADDRESS PORT\n");
    return 2;
  }
  struct sockaddr_in own = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[2]))};
  inet_pton(AF_INET, argv[1], &own.sin_addr);
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  int buffer = 4 << 20;
  if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof buffer) < 0) {
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
  }
  if (bind(fd, (struct sockaddr *)&own, sizeof own) < 0) {
    perror("bind");
    return 1;
  }
  for (int i = 0; i < BATCH; i++) {
    vectors[i].iov_base = messages[i];
    headers[i].msg_hdr.msg_iov = &vectors[i];
    headers[i].msg_hdr.msg_iovlen = 1;
    headers[i].msg_hdr.msg_name = &sources[i];
  }
  for (;;) {
    for (int i = 0; i < BATCH; i++) {
      vectors[i].iov_len = OCTETS - sizeof RECORD;
      headers[i].msg_hdr.msg_namelen = sizeof sources[i];
    }
    int count = recvmmsg(fd, headers, BATCH, MSG_WAITFORONE, NULL);
    for (int i = 0; i < count; i++) {
      unsigned length = headers[i].msg_len;
      messages[i][2] |= 0x84;
      messages[i][7] = 1;
      memcpy(messages[i] + length, RECORD, sizeof RECORD);
      vectors[i].iov_len = length + sizeof RECORD;
    }
    for (int sent = 0; sent < count;) {
      int now = sendmmsg(fd, headers + sent, count - sent, 0);
      sent += now > 0 ? now : 1;
    }
  }
}
