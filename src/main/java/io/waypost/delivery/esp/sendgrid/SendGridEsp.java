package io.waypost.delivery.esp.sendgrid;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import javax.net.ssl.SSLHandshakeException;

import com.sendgrid.Client;
import com.sendgrid.Method;
import com.sendgrid.Request;
import com.sendgrid.Response;
import com.sendgrid.SendGrid;
import io.waypost.delivery.esp.Esp;
import io.waypost.delivery.esp.EspSettings;
import io.waypost.delivery.esp.OutboundEmail;
import io.waypost.delivery.esp.SubmitOutcome;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.jspecify.annotations.Nullable;

/** Submits one message per request and distinguishes every answer and fault. */
class SendGridEsp implements Esp {

	private static final String DEFAULT_BASE_URL = "https://api.sendgrid.com";

	private static final int CONNECTIONS = 256;

	private final String name;

	private final SendGrid api;

	SendGridEsp(EspSettings settings) {
		this.name = settings.name();
		String key = settings.require(settings.apiKey(), "api-key");
		URI base = URI.create(Optional.ofNullable(settings.baseUrl()).orElse(DEFAULT_BASE_URL));
		this.api = new SendGrid(key, new BaseUrlClient(httpClient(settings.timeout()), base));
	}

	/**
	 * Disables the automatic retries of Apache HttpClient: after a broken connection the
	 * first request may have been accepted.
	 */
	private static CloseableHttpClient httpClient(Duration timeout) {
		int millis = Math.toIntExact(timeout.toMillis());
		RequestConfig limits = RequestConfig.custom()
			.setConnectTimeout(millis)
			.setConnectionRequestTimeout(millis)
			.setSocketTimeout(millis)
			.setRedirectsEnabled(false)
			.build();
		return HttpClients.custom()
			.setDefaultRequestConfig(limits)
			.disableAutomaticRetries()
			.disableRedirectHandling()
			.disableCookieManagement()
			.setMaxConnTotal(CONNECTIONS)
			.setMaxConnPerRoute(CONNECTIONS)
			.build();
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public SubmitOutcome submit(OutboundEmail email) {
		try {
			Request request = new Request();
			request.setMethod(Method.POST);
			request.setEndpoint("mail/send");
			request.setBody(SendGridMailBuilder.build(email).build());
			// api(), not attempt(): attempt() retries
			return toOutcome(email, this.api.api(request));
		}
		catch (IOException fault) {
			return failed(fault);
		}
	}

	private static SubmitOutcome toOutcome(OutboundEmail email, Response response) {
		int status = response.getStatusCode();
		Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		if (response.getHeaders() != null) {
			headers.putAll(response.getHeaders());
		}
		return switch (status / 100) {
			case 2 -> new SubmitOutcome.Accepted(headers.getOrDefault("X-Message-Id", email.send().toString()));
			case 4 -> refused(status, headers);
			default -> new SubmitOutcome.Unknown("esp.http_" + status);
		};
	}

	private static SubmitOutcome refused(int status, Map<String, String> headers) {
		return switch (status) {
			case 429 -> new SubmitOutcome.Refused("esp.throttled", retryAfter(headers));
			case 401, 403 -> new SubmitOutcome.Refused("esp.unauthorised", null);
			case 404, 405, 408, 425 -> new SubmitOutcome.Refused("esp.http_" + status, null);
			default -> new SubmitOutcome.Rejected("http_" + status);
		};
	}

	private static @Nullable Duration retryAfter(Map<String, String> headers) {
		String seconds = headers.get("Retry-After");
		boolean number = seconds != null && seconds.strip().matches("\\d{1,6}");
		return (seconds != null && number) ? Duration.ofSeconds(Long.parseLong(seconds.strip())) : null;
	}

	/**
	 * Only a fault before the first byte of the request was sent is a definite refusal.
	 */
	private static SubmitOutcome failed(IOException fault) {
		return switch (fault) {
			case ConnectException refused -> new SubmitOutcome.Refused("esp.connect", null);
			case ConnectTimeoutException slow -> new SubmitOutcome.Refused("esp.connect", null);
			case NoRouteToHostException noRoute -> new SubmitOutcome.Refused("esp.connect", null);
			case UnknownHostException unknownHost -> new SubmitOutcome.Refused("esp.dns", null);
			case SSLHandshakeException untrusted -> new SubmitOutcome.Refused("esp.tls", null);
			default -> new SubmitOutcome.Unknown("esp.no_answer");
		};
	}

	/** Sends the library's requests to the configured URL. */
	private static final class BaseUrlClient extends Client {

		private final URI base;

		BaseUrlClient(CloseableHttpClient http, URI base) {
			super(http);
			this.base = base;
		}

		@Override
		public URI buildUri(String host, String path, Map<String, String> query) {
			return this.base.resolve(path);
		}

	}

}
