package io.waypost.delivery.esp.smtp;

import java.util.Optional;

import io.waypost.delivery.esp.Esp;
import io.waypost.delivery.esp.EspFactory;
import io.waypost.delivery.esp.EspSettings;
import io.waypost.delivery.esp.EspWebhookParser;

import org.springframework.stereotype.Component;

@Component
class SmtpEspFactory implements EspFactory {

	@Override
	public String type() {
		return "smtp";
	}

	@Override
	public Esp createEsp(EspSettings settings) {
		return new SmtpEsp(settings);
	}

	@Override
	public Optional<EspWebhookParser> createWebhookParser(EspSettings settings) {
		return Optional.empty();
	}

}
