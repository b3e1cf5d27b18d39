/** Tests of the configuration: every kind of problem, its place and its words. */
@NullMarked
package net.dglb.config;

import org.jspecify.annotations.NullMarked;
