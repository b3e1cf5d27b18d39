/** Tests of the network authority, its certificates, and secrets. */
@NullMarked
package net.dglb.identity;

import org.jspecify.annotations.NullMarked;
