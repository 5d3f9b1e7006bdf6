package io.waypost.feedback;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.Hidden;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.PublicEndpoint;
import io.waypost.content.BrandKitRepository;
import io.waypost.database.TenantScope;
import io.waypost.delivery.tracking.LinkTarget;
import io.waypost.delivery.tracking.SendEvent;
import io.waypost.delivery.tracking.TrackingLinks;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Opens and clicks. The image or the redirect is answered even when the event cannot be
 * recorded; the failure is logged and counted.
 */
@RestController
@Hidden
@PublicEndpoint("recipients: the link is signed")
class TrackingController {

	private static final Logger logger = LoggerFactory.getLogger(TrackingController.class);

	private static final byte[] PIXEL = Base64.getDecoder()
		.decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

	private final TrackingLinks links;

	private final EngagementRecorder engagement;

	private final BrandKitRepository brands;

	private final MeterRegistry metrics;

	private final Clock clock;

	TrackingController(TrackingLinks links, EngagementRecorder engagement, BrandKitRepository brands,
			MeterRegistry metrics, Clock clock) {
		this.links = links;
		this.engagement = engagement;
		this.brands = brands;
		this.metrics = metrics;
		this.clock = clock;
	}

	@GetMapping("/t/o/{token}")
	ResponseEntity<byte[]> open(@PathVariable String token,
			@RequestHeader(name = HttpHeaders.USER_AGENT, required = false) @Nullable String userAgent,
			HttpServletRequest request) {
		this.links.verify(TrackingLinks.Purpose.OPEN, token).ifPresent((target) -> {
			boolean machine = isHead(request) || BotDetector.isBotUserAgent(userAgent);
			TenantScope.run(target.tenant(), () -> record(target, SendEvent.Type.OPENED, null, machine, Map.of()));
		});
		// An invalid token gets the image too, so that old messages show no broken image
		return ResponseEntity.ok().cacheControl(CacheControl.noStore()).contentType(MediaType.IMAGE_GIF).body(PIXEL);
	}

	@GetMapping("/t/c/{token}")
	ResponseEntity<Void> click(@PathVariable String token,
			@RequestHeader(name = HttpHeaders.USER_AGENT, required = false) @Nullable String userAgent,
			HttpServletRequest request) {
		LinkTarget target = this.links.verify(TrackingLinks.Purpose.CLICK, token)
			.orElseThrow(TrackingController::unknown);
		return TenantScope.of(target.tenant(), () -> redirect(target, userAgent, request));
	}

	private ResponseEntity<Void> redirect(LinkTarget target, @Nullable String userAgent, HttpServletRequest request) {
		// An erasure removes the links of a message: redirect to the site's home page
		String url = this.links.findTargetUrl(target).orElseGet(() -> this.brands.require(target.tenant()).siteUrl());
		boolean machine = isHead(request) || BotDetector.isBotUserAgent(userAgent);
		record(target, SendEvent.Type.CLICKED, target.index(), machine, Map.of("link_url", url));
		return ResponseEntity.status(HttpStatus.FOUND)
			.location(URI.create(url))
			.cacheControl(CacheControl.noStore())
			.header("Referrer-Policy", "no-referrer")
			.build();
	}

	private void record(LinkTarget target, SendEvent.Type type, @Nullable Integer link, boolean machine,
			Map<String, Object> details) {
		Instant now = this.clock.instant();
		String outcome = "recorded";
		try {
			this.engagement.record(target, new SendEvent(target.send(), type, now, link, machine, null), details);
		}
		catch (RuntimeException fault) {
			outcome = "lost";
			logger.error("The event {} of send {} could not be recorded: {}", type, target.send(),
					fault.getClass().getName());
		}
		this.metrics.counter("waypost.feedback.engagement.record", "type", type.name(), "outcome", outcome).increment();
	}

	private static boolean isHead(HttpServletRequest request) {
		return "HEAD".equals(request.getMethod());
	}

	private static InvalidRequestException unknown() {
		return InvalidRequestException
			.notFound("This link is invalid or incomplete; copy the whole link from the message");
	}

}
