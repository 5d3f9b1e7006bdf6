package io.waypost.delivery.esp.sendgrid;

import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.delivery.esp.Esp;
import io.waypost.delivery.esp.EspSettings;
import io.waypost.delivery.esp.EspType;
import io.waypost.delivery.esp.EspWebhook;

import org.springframework.stereotype.Component;

@Component
class SendGridType implements EspType {

	private final ObjectMapper json;

	SendGridType(ObjectMapper json) {
		this.json = json;
	}

	@Override
	public String type() {
		return "sendgrid";
	}

	@Override
	public Esp outbound(EspSettings settings) {
		return new SendGridEsp(settings);
	}

	@Override
	public Optional<EspWebhook> webhook(EspSettings settings) {
		return Optional.ofNullable(settings.webhookKey())
			.filter((key) -> !key.isBlank())
			.map((key) -> new SendGridWebhook(key, this.json));
	}

}
