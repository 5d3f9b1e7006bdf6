package io.waypost.delivery.esp.sendgrid;

import com.sendgrid.helpers.mail.Mail;
import com.sendgrid.helpers.mail.objects.ClickTrackingSetting;
import com.sendgrid.helpers.mail.objects.Content;
import com.sendgrid.helpers.mail.objects.Email;
import com.sendgrid.helpers.mail.objects.OpenTrackingSetting;
import com.sendgrid.helpers.mail.objects.Personalization;
import com.sendgrid.helpers.mail.objects.SubscriptionTrackingSetting;
import com.sendgrid.helpers.mail.objects.TrackingSettings;
import io.waypost.delivery.esp.OutboundEmail;

/**
 * Builds the request body. The send id is the only custom argument, because the provider
 * stores custom arguments for a long time, cannot redact them and shows them to its
 * staff. The provider's tracking is disabled; Waypost uses its own signed links.
 */
final class SendGridMailBuilder {

	static final String SEND_ID = "send_id";

	private SendGridMailBuilder() {
	}

	static Mail build(OutboundEmail email) {
		Personalization recipient = new Personalization();
		recipient.addTo(new Email(email.to().value()));
		recipient.addCustomArg(SEND_ID, email.send().toString());
		email.headers().forEach(recipient::addHeader);
		Mail mail = new Mail();
		mail.setFrom(new Email(email.from().value(), email.fromName()));
		mail.setSubject(email.subject());
		mail.addPersonalization(recipient);
		mail.addContent(new Content("text/plain", email.text()));
		mail.addContent(new Content("text/html", email.html()));
		mail.setTrackingSettings(disabledTracking());
		return mail;
	}

	private static TrackingSettings disabledTracking() {
		ClickTrackingSetting clicks = new ClickTrackingSetting();
		clicks.setEnable(false);
		OpenTrackingSetting opens = new OpenTrackingSetting();
		opens.setEnable(false);
		SubscriptionTrackingSetting subscriptions = new SubscriptionTrackingSetting();
		subscriptions.setEnable(false);
		TrackingSettings settings = new TrackingSettings();
		settings.setClickTrackingSetting(clicks);
		settings.setOpenTrackingSetting(opens);
		settings.setSubscriptionTrackingSetting(subscriptions);
		return settings;
	}

}
