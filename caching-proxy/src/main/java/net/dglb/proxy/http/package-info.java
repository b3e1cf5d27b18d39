/**
 * The few words of HTTP that decisions need: heads, fields, dates, entity tags, target URIs and
 * byte ranges, as small immutable values without any transport behind them (RFC 9110).
 */
@NullMarked
package net.dglb.proxy.http;

import org.jspecify.annotations.NullMarked;
