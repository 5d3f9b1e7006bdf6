/**
 * What stands between a client and the application: trusted proxies, the public address
 * and HTTPS.
 */
@NullMarked
package io.waypost.access.edge;

import org.jspecify.annotations.NullMarked;
