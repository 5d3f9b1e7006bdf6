package io.waypost.delivery.esp.sandbox;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.delivery.esp.Esp;
import io.waypost.delivery.esp.EspFactory;
import io.waypost.delivery.esp.EspSettings;
import io.waypost.delivery.esp.EspWebhookParser;
import io.waypost.delivery.esp.SandboxRecipients;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

@Component
class SandboxEspFactory implements EspFactory {

	private final SandboxMailbox mailbox;

	private final SandboxAcceptLog acceptLog;

	private final SandboxWebhookSigner signer;

	private final ObjectMapper json;

	private final SandboxRecipients recipients;

	SandboxEspFactory(SandboxMailbox mailbox, SandboxAcceptLog acceptLog, SandboxWebhookSigner signer,
			ObjectMapper json, ObjectProvider<SandboxRecipients> recipients) {
		this.mailbox = mailbox;
		this.acceptLog = acceptLog;
		this.signer = signer;
		this.json = json;
		this.recipients = recipients.getIfAvailable(() -> (email) -> List.of());
	}

	@Override
	public String type() {
		return "sandbox";
	}

	@Override
	public Esp createEsp(EspSettings settings) {
		return new SandboxEsp(settings, this.mailbox, this.acceptLog, this.recipients);
	}

	@Override
	public Optional<EspWebhookParser> createWebhookParser(EspSettings settings) {
		return Optional.of(new SandboxWebhookParser(this.signer, this.json));
	}

}
