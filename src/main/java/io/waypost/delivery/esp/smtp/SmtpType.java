package io.waypost.delivery.esp.smtp;

import java.util.Optional;

import io.waypost.delivery.esp.Esp;
import io.waypost.delivery.esp.EspSettings;
import io.waypost.delivery.esp.EspType;
import io.waypost.delivery.esp.EspWebhook;

import org.springframework.stereotype.Component;

@Component
class SmtpType implements EspType {

	@Override
	public String type() {
		return "smtp";
	}

	@Override
	public Esp outbound(EspSettings settings) {
		return new SmtpEsp(settings);
	}

	@Override
	public Optional<EspWebhook> webhook(EspSettings settings) {
		return Optional.empty();
	}

}
