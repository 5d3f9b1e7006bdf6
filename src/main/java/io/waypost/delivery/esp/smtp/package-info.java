/** Any SMTP server. */
@NullMarked
package io.waypost.delivery.esp.smtp;

import org.jspecify.annotations.NullMarked;
