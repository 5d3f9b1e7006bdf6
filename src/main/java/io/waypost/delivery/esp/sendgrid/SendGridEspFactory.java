package io.waypost.delivery.esp.sendgrid;

import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.delivery.esp.Esp;
import io.waypost.delivery.esp.EspFactory;
import io.waypost.delivery.esp.EspSettings;
import io.waypost.delivery.esp.EspWebhookParser;

import org.springframework.stereotype.Component;

@Component
class SendGridEspFactory implements EspFactory {

	private final ObjectMapper json;

	SendGridEspFactory(ObjectMapper json) {
		this.json = json;
	}

	@Override
	public String type() {
		return "sendgrid";
	}

	@Override
	public Esp createEsp(EspSettings settings) {
		return new SendGridEsp(settings);
	}

	@Override
	public Optional<EspWebhookParser> createWebhookParser(EspSettings settings) {
		return Optional.ofNullable(settings.webhookKey())
			.filter((key) -> !key.isBlank())
			.map((key) -> new SendGridWebhookParser(key, this.json));
	}

}
