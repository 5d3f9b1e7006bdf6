package io.waypost.agent.llm.provider;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.AbstractClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;

/** A request whose body is checked as it is sent. */
final class CheckedRequest extends AbstractClientHttpRequest {

	private final ProviderHttp http;

	private final ProviderRequest call;

	private final URI uri;

	private final ByteArrayOutputStream body = new ByteArrayOutputStream();

	CheckedRequest(ProviderHttp http, ProviderRequest call, URI uri) {
		this.http = http;
		this.call = call;
		this.uri = uri;
	}

	@Override
	public HttpMethod getMethod() {
		return HttpMethod.POST;
	}

	@Override
	public URI getURI() {
		return this.uri;
	}

	@Override
	protected OutputStream getBodyInternal(HttpHeaders headers) {
		return this.body;
	}

	@Override
	protected ClientHttpResponse executeInternal(HttpHeaders headers) {
		byte[] bytes = this.body.toByteArray();
		this.call.outboundCheck().accept(new String(bytes, StandardCharsets.UTF_8));
		return new JsonResponse(this.http.post(this.uri, headers, bytes, this.call.timeout()));
	}

	/** A response with status 200. It is read as JSON, whatever its type is. */
	private record JsonResponse(byte[] bytes) implements ClientHttpResponse {

		@Override
		public HttpStatusCode getStatusCode() {
			return HttpStatus.OK;
		}

		@Override
		public String getStatusText() {
			return HttpStatus.OK.getReasonPhrase();
		}

		@Override
		public HttpHeaders getHeaders() {
			HttpHeaders headers = new HttpHeaders();
			headers.setContentType(MediaType.APPLICATION_JSON);
			headers.setContentLength(this.bytes.length);
			return headers;
		}

		@Override
		public InputStream getBody() {
			return new ByteArrayInputStream(this.bytes);
		}

		@Override
		public void close() {
			// nothing is open
		}

	}

}
