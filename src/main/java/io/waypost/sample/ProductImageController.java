package io.waypost.sample;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Serves the sample shop's product pictures to anyone who received a message. */
@RestController
@ConditionalOnSample
class ProductImageController {

	private static final CacheControl A_DAY = CacheControl.maxAge(Duration.ofDays(1)).cachePublic();

	private final SampleCatalogue assortment = new SampleCatalogue();

	private final ProductImageRenderer picture = new ProductImageRenderer();

	/** Bounded by the assortment: 224 pictures of about 6 KB. */
	private final Map<String, byte[]> drawn = new ConcurrentHashMap<>();

	@GetMapping(path = "/assets/catalogue/{id}.png", produces = MediaType.IMAGE_PNG_VALUE)
	ResponseEntity<byte[]> picture(@PathVariable String id) {
		return this.assortment.find(id)
			.map((goods) -> this.drawn.computeIfAbsent(id, (key) -> this.picture.draw(goods)))
			.map((png) -> ResponseEntity.ok().cacheControl(A_DAY).body(png))
			.orElseGet(() -> ResponseEntity.notFound().build());
	}

}
