/** Any SMTP server. Mature. */
@NullMarked
package io.waypost.delivery.esp.smtp;

import org.jspecify.annotations.NullMarked;
