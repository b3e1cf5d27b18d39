package net.dglb.dns.prefix;

/**
 * A prefix of a table that holds an address.
 *
 * @param length how many leading bits it has, 0 to 128
 * @param value its number in the table
 */
public record Covering(int length, int value) {}
