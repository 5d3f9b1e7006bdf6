package io.waypost.delivery.esp.smtp;

import java.util.Properties;

import io.waypost.delivery.esp.Esp;
import io.waypost.delivery.esp.EspSettings;
import io.waypost.delivery.esp.OutboundEmail;
import io.waypost.delivery.esp.SubmitOutcome;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Uses one connection and one attempt per message. Before the whole message is written,
 * the server cannot have accepted it, so a fault is a definite refusal. After that, a
 * missing answer is an unknown outcome (RFC 5321 §4.5.3.2.6).
 */
class SmtpEsp implements Esp {

	private static final Logger logger = LoggerFactory.getLogger(SmtpEsp.class);

	private final EspSettings settings;

	private final Session session;

	SmtpEsp(EspSettings settings) {
		this.settings = settings;
		this.session = Session.getInstance(properties(settings));
	}

	private static Properties properties(EspSettings settings) {
		String millis = String.valueOf(settings.timeout().toMillis());
		Properties properties = new Properties();
		properties.setProperty("mail.smtp.connectiontimeout", millis);
		properties.setProperty("mail.smtp.timeout", millis);
		properties.setProperty("mail.smtp.writetimeout", millis);
		properties.setProperty("mail.smtp.auth", String.valueOf(settings.username() != null));
		properties.setProperty("mail.smtp.starttls.enable", String.valueOf(settings.startTls()));
		properties.setProperty("mail.smtp.starttls.required", String.valueOf(settings.startTls()));
		properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
		properties.setProperty("mail.smtp.quitwait", "false");
		return properties;
	}

	@Override
	public String name() {
		return this.settings.name();
	}

	@Override
	public SubmitOutcome submit(OutboundEmail email) {
		MimeEmail message;
		try {
			message = MimeEmail.of(this.session, email);
		}
		catch (MessagingException malformed) {
			return new SubmitOutcome.Rejected("malformed");
		}
		return submit(message, email.send().toString());
	}

	private SubmitOutcome submit(MimeEmail message, String providerId) {
		try {
			Transport transport = connect();
			SubmitOutcome outcome = send(transport, message, providerId);
			close(transport);
			return outcome;
		}
		catch (AuthenticationFailedException denied) {
			return new SubmitOutcome.Refused("esp.unauthorised", null);
		}
		catch (MessagingException unreachable) {
			return new SubmitOutcome.Refused("esp.connect", null);
		}
	}

	private Transport connect() throws MessagingException {
		Transport transport = this.session.getTransport("smtp");
		transport.connect(this.settings.host(), this.settings.port(), this.settings.username(),
				this.settings.password());
		return transport;
	}

	private static SubmitOutcome send(Transport transport, MimeEmail message, String providerId) {
		try {
			transport.sendMessage(message, message.getRecipients(Message.RecipientType.TO));
			return new SubmitOutcome.Accepted(providerId);
		}
		catch (SendFailedException refused) {
			return refused(code(refused), message);
		}
		catch (MessagingException fault) {
			return noAnswer(message);
		}
	}

	/** Closes the connection. The answer is known already, so a fault changes nothing. */
	private void close(Transport transport) {
		try {
			transport.close();
		}
		catch (MessagingException closed) {
			logger.debug("ESP '{}' closed the connection after its answer", name());
		}
	}

	private static SubmitOutcome refused(int code, MimeEmail message) {
		return switch (code / 100) {
			case 5 -> new SubmitOutcome.Rejected("smtp_" + code);
			case 4 -> new SubmitOutcome.Refused((code == 421) ? "esp.smtp_421" : "smtp_" + code, null);
			default -> noAnswer(message);
		};
	}

	private static SubmitOutcome noAnswer(MimeEmail message) {
		return message.isWritten() ? new SubmitOutcome.Unknown("esp.no_answer")
				: new SubmitOutcome.Refused("esp.broken_off", null);
	}

	/** Finds the reply code for a refused recipient, which is in a nested exception. */
	private static int code(SendFailedException failure) {
		for (Exception cause = failure; cause instanceof MessagingException wrapper; cause = wrapper
			.getNextException()) {
			switch (cause) {
				case SMTPAddressFailedException recipient -> {
					return recipient.getReturnCode();
				}
				case SMTPSenderFailedException sender -> {
					return sender.getReturnCode();
				}
				default -> {
				}
			}
		}
		return (failure instanceof SMTPSendFailedException command) ? command.getReturnCode() : -1;
	}

}
