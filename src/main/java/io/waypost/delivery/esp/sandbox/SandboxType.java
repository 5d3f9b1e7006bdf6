package io.waypost.delivery.esp.sandbox;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.delivery.esp.Esp;
import io.waypost.delivery.esp.EspSettings;
import io.waypost.delivery.esp.EspType;
import io.waypost.delivery.esp.EspWebhook;
import io.waypost.delivery.esp.SandboxReaders;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

@Component
class SandboxType implements EspType {

	private final SandboxMailbox mailbox;

	private final SandboxAcceptLog acceptLog;

	private final SandboxSignature signature;

	private final ObjectMapper json;

	private final SandboxReaders readers;

	SandboxType(SandboxMailbox mailbox, SandboxAcceptLog acceptLog, SandboxSignature signature, ObjectMapper json,
			ObjectProvider<SandboxReaders> readers) {
		this.mailbox = mailbox;
		this.acceptLog = acceptLog;
		this.signature = signature;
		this.json = json;
		this.readers = readers.getIfAvailable(() -> (email) -> List.of());
	}

	@Override
	public String type() {
		return "sandbox";
	}

	@Override
	public Esp outbound(EspSettings settings) {
		return new SandboxEsp(settings, this.mailbox, this.acceptLog, this.readers);
	}

	@Override
	public Optional<EspWebhook> webhook(EspSettings settings) {
		return Optional.of(new SandboxWebhook(this.signature, this.json));
	}

}
