package io.waypost.sample;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.waypost.access.PublicEndpoint;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Serves the product pictures of the sample shop, for recipients of messages. */
@RestController
@ConditionalOnSample
@PublicEndpoint("recipients load the pictures of the sample shop")
class ProductImageController {

	private static final CacheControl A_DAY = CacheControl.maxAge(Duration.ofDays(1)).cachePublic();

	private final SampleCatalogue catalogue = new SampleCatalogue();

	private final ProductImageRenderer picture = new ProductImageRenderer();

	/** Limited by the catalogue: 224 pictures of about 6 KB. */
	private final Map<String, byte[]> images = new ConcurrentHashMap<>();

	@GetMapping(path = "/assets/catalogue/{id}.png", produces = MediaType.IMAGE_PNG_VALUE)
	ResponseEntity<byte[]> picture(@PathVariable String id) {
		return this.catalogue.find(id)
			.map((product) -> this.images.computeIfAbsent(id, (key) -> this.picture.draw(product)))
			.map((png) -> ResponseEntity.ok().cacheControl(A_DAY).body(png))
			.orElseGet(() -> ResponseEntity.notFound().build());
	}

}
