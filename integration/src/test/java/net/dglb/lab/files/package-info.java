/** Tests of what the lab writes and runs. */
@NullMarked
package net.dglb.lab.files;

import org.jspecify.annotations.NullMarked;
