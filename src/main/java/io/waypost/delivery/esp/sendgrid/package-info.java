/**
 * Twilio SendGrid's v3 API and its signed event webhook. Mature against recorded traffic;
 * never run against the live service by our tests.
 */
@NullMarked
package io.waypost.delivery.esp.sendgrid;

import org.jspecify.annotations.NullMarked;
