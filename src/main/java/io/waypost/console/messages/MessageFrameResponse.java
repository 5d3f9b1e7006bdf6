package io.waypost.console.messages;

import java.nio.charset.StandardCharsets;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Makes the response with a message's HTML for a sandboxed frame. */
@Component
public class MessageFrameResponse {

	/** Allows images and inline styles only: no scripts, forms or other requests. */
	private static final String POLICY = "sandbox; default-src 'none'; img-src 'self' data: http: https:; "
			+ "style-src 'unsafe-inline'";

	private final String publicUrl;

	MessageFrameResponse(@Value("${waypost.public-url:http://localhost:8080}") String publicUrl) {
		this.publicUrl = publicUrl;
	}

	public ResponseEntity<String> of(String html) {
		return ResponseEntity.ok()
			.header("Content-Security-Policy", POLICY)
			.cacheControl(CacheControl.noStore())
			.contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
			.body(withLocalImages(html));
	}

	/** Images of this installation are loaded from the address that the browser uses. */
	private String withLocalImages(String html) {
		return html.replace("src=\"" + this.publicUrl + "/assets/", "src=\"/assets/");
	}

}
