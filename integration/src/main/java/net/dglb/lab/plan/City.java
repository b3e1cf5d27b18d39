package net.dglb.lab.plan;

import net.dglb.net.Location;

/**
 * A city of the table of published round-trip times.
 *
 * @param index its place in the table, from 1: the number that stands in its addresses
 * @param id a DNS label
 * @param name as people write it
 * @param location where it is
 */
public record City(int index, String id, String name, Location location) {}
