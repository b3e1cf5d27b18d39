/** Documents are held against the code: what they name must exist, what they show must load. */
@NullMarked
package net.dglb.docs;

import org.jspecify.annotations.NullMarked;
