package io.waypost.delivery.esp.smtp;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.waypost.delivery.esp.OutboundEmail;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

/**
 * The MIME message for SMTP: multipart/alternative, UTF-8, quoted-printable. The
 * Message-ID is derived from the send, so that two copies can be recognised. The message
 * records whether it was written completely.
 */
class MimeEmail extends MimeMessage {

	private static final String UTF_8 = StandardCharsets.UTF_8.name();

	private final String messageId;

	private volatile boolean written;

	MimeEmail(Session session, String messageId) {
		super(session);
		this.messageId = messageId;
	}

	static MimeEmail of(Session session, OutboundEmail email) throws MessagingException {
		MimeEmail message = new MimeEmail(session, "<" + email.send() + "@" + email.from().domain() + ">");
		try {
			message.setFrom(new InternetAddress(email.from().value(), email.fromName(), UTF_8));
		}
		catch (UnsupportedEncodingException impossible) {
			throw new IllegalStateException(impossible);
		}
		message.setRecipient(Message.RecipientType.TO, new InternetAddress(email.to().value()));
		message.setSubject(singleLine(email.subject()), UTF_8);
		for (Map.Entry<String, String> header : email.headers().entrySet()) {
			message.setHeader(singleLine(header.getKey()), singleLine(header.getValue()));
		}
		message.setContent(
				new MimeMultipart("alternative", part(email.text(), "text/plain"), part(email.html(), "text/html")));
		message.saveChanges();
		return message;
	}

	private static MimeBodyPart part(String content, String type) throws MessagingException {
		MimeBodyPart part = new MimeBodyPart();
		part.setContent(content, type + "; charset=UTF-8");
		part.setHeader("Content-Transfer-Encoding", "quoted-printable");
		return part;
	}

	/** Refuses line breaks, which would start another header. */
	private static String singleLine(String value) throws MessagingException {
		if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
			throw new MessagingException("A header contains a line break");
		}
		return value;
	}

	@Override
	protected void updateMessageID() throws MessagingException {
		setHeader("Message-ID", this.messageId);
	}

	@Override
	public void writeTo(OutputStream out, String[] ignored) throws IOException, MessagingException {
		super.writeTo(out, ignored);
		this.written = true;
	}

	boolean isWritten() {
		return this.written;
	}

}
