/**
 * The rules of structure that every module keeps: directions, no cycles, where libraries may
 * appear.
 */
@NullMarked
package net.dglb.architecture;

import org.jspecify.annotations.NullMarked;
