/**
 * Messages of the mapping protocol to the network's model and back. Called from the nodes; checks
 * everything that comes from outside, so that no caller meets a value that cannot be.
 */
@NullMarked
package net.dglb.mapping.convert;

import org.jspecify.annotations.NullMarked;
