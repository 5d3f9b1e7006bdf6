package io.waypost.console.messages;

import java.nio.charset.StandardCharsets;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Hands out messages to be looked at in a frame. */
@Component
public class MessageFrameResponse {

	/** The message runs nothing, sends nothing and reaches nothing but pictures. */
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
			.body(withLocalPictures(html));
	}

	/** Pictures of this installation come from wherever the reader reached it. */
	private String withLocalPictures(String html) {
		return html.replace("src=\"" + this.publicUrl + "/assets/", "src=\"/assets/");
	}

}
