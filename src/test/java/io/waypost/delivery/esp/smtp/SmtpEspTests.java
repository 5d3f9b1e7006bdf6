package io.waypost.delivery.esp.smtp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.waypost.delivery.esp.Esp;
import io.waypost.delivery.esp.EspContract;
import io.waypost.delivery.esp.EspSettings;
import io.waypost.delivery.esp.OutboundEmail;
import io.waypost.delivery.esp.SubmitOutcome;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SmtpEspTests implements EspContract {

	private final GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());

	private final AtomicInteger hostileMessages = new AtomicInteger();

	@AfterEach
	void stop() {
		this.server.stop();
	}

	@Override
	public Esp working() {
		this.server.start();
		return esp(this.server.getSmtp().getPort());
	}

	@Override
	public Esp unreachable() {
		try (ServerSocket unusedPort = new ServerSocket(0)) {
			return esp(unusedPort.getLocalPort());
		}
		catch (IOException fault) {
			throw new IllegalStateException(fault);
		}
	}

	@Override
	public Esp silent() {
		return hostile("final-dot", "hang up");
	}

	@Override
	public int offered() {
		return this.server.isRunning() ? this.server.getReceivedMessages().length : this.hostileMessages.get();
	}

	@Test
	void sendsBothPartsUnchanged() throws Exception {
		working().submit(EspContract.email());
		MimeMessage received = this.server.getReceivedMessages()[0];
		assertThat(received.getSubject()).isEqualTo("Grüße – 20 % off “today”");
		assertThat(received.getFrom()[0].toString()).contains("hello@shop.example");
		assertThat(received.getMessageID()).isEqualTo("<019aa000-0000-7000-8000-000000000001@shop.example>");
		assertThat(received.getHeader("List-Unsubscribe", null)).isEqualTo("<https://mail.example.com/u/token>");
		assertThat(received.getHeader("List-Unsubscribe-Post", null)).isEqualTo("List-Unsubscribe=One-Click");
		assertThat(received.getContentType()).startsWith("multipart/alternative");
		MimeMultipart parts = (MimeMultipart) received.getContent();
		assertThat(parts.getBodyPart(0).getContentType()).startsWith("text/plain").containsIgnoringCase("utf-8");
		assertThat(parts.getBodyPart(0).getHeader("Content-Transfer-Encoding")).containsExactly("quoted-printable");
		assertThat(parts.getBodyPart(1).getContent().toString()).contains("Grüße <a href=");
	}

	@ParameterizedTest
	@CsvSource({ "MAIL,451 later,Refused", "MAIL,550 never,Rejected", "RCPT,450 greylisted,Refused",
			"RCPT,550 no such user,Rejected", "DATA,421 closing,Refused", "DATA,554 no,Rejected",
			"final-dot,452 full,Refused", "final-dot,550 spam,Rejected", "MAIL,hang up,Refused", "RCPT,hang up,Refused",
			"DATA,hang up,Refused", "final-dot,hang up,Unknown", "final-dot,stay silent,Unknown" })
	void mapsEveryFault(String stage, String behaviour, String outcome) {
		assertThat(hostile(stage, behaviour).submit(EspContract.email()).getClass().getSimpleName()).isEqualTo(outcome);
	}

	@Test
	void refusesALineBreakInAHeader() {
		OutboundEmail clean = EspContract.email();
		OutboundEmail split = new OutboundEmail(clean.tenant(), clean.send(), clean.profile(), clean.fromName(),
				clean.from(), clean.to(), "Hello\r\nBcc: eve@example.com", clean.html(), clean.text(), clean.headers(),
				clean.contentHash());
		assertThat(working().submit(split)).isEqualTo(new SubmitOutcome.Rejected("malformed"));
		assertThat(this.server.getReceivedMessages()).isEmpty();
	}

	@Test
	void requiresTlsWhenConfigured() {
		this.server.start();
		EspSettings strict = new EspSettings("smtp", "smtp", null, null, "localhost", this.server.getSmtp().getPort(),
				null, null, true, null, 0, Duration.ofSeconds(1), Duration.ZERO, EspSettings.MESSAGES);
		assertThat(new SmtpEsp(strict).submit(EspContract.email())).isInstanceOf(SubmitOutcome.Refused.class);
	}

	/**
	 * A server that behaves correctly up to a stage of the dialogue, then answers or acts
	 * as configured.
	 */
	private Esp hostile(String stage, String behaviour) {
		try {
			ServerSocket socket = new ServerSocket(0);
			Thread.ofPlatform().daemon().start(() -> serve(socket, stage, behaviour));
			return esp(socket.getLocalPort());
		}
		catch (IOException fault) {
			throw new IllegalStateException(fault);
		}
	}

	private void serve(ServerSocket socket, String stage, String behaviour) {
		try (socket;
				Socket client = socket.accept();
				BufferedReader in = new BufferedReader(
						new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
				PrintWriter out = new PrintWriter(client.getOutputStream(), false, StandardCharsets.UTF_8)) {
			respond(out, "220 hostile");
			boolean data = false;
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				String now = data ? (line.equals(".") ? "final-dot" : "") : line.split("[ :]", 2)[0];
				if (now.isEmpty()) {
					continue;
				}
				if (now.equals("final-dot")) {
					data = false;
					this.hostileMessages.incrementAndGet();
				}
				if (now.equalsIgnoreCase(stage)) {
					if (behaviour.equals("hang up")) {
						return;
					}
					if (behaviour.equals("stay silent")) {
						continue;
					}
					respond(out, behaviour);
					continue;
				}
				data = now.equals("DATA");
				respond(out, data ? "354 go on" : "250 fine");
			}
		}
		catch (IOException gone) {
			// The client closed the connection
			assertThat(gone).isNotNull();
		}
	}

	private static void respond(PrintWriter out, String line) {
		out.print(line + "\r\n");
		out.flush();
	}

	private static Esp esp(int port) {
		return new SmtpEsp(new EspSettings("smtp", "smtp", null, null, "localhost", port, null, null, false, null, 0,
				Duration.ofSeconds(1), Duration.ZERO, EspSettings.MESSAGES));
	}

}
