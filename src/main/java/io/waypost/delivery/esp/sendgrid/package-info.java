/**
 * Twilio SendGrid: v3 Mail Send API and signed Event Webhook. Tested with recorded
 * traffic; tests never call the live service.
 */
@NullMarked
package io.waypost.delivery.esp.sendgrid;

import org.jspecify.annotations.NullMarked;
