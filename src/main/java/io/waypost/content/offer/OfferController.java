package io.waypost.content.offer;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;

import io.swagger.v3.oas.annotations.Operation;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.Requires;
import io.waypost.content.fact.OfferRepository;
import io.waypost.kernel.Cursor;
import io.waypost.kernel.Page;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/offers")
@Requires(AccessRight.READ_CONTENT)
class OfferController {

	private final OfferRepository offers;

	private final OfferCheck check;

	private final Clock clock;

	OfferController(OfferRepository offers, OfferCheck check, Clock clock) {
		this.offers = offers;
		this.check = check;
		this.clock = clock;
	}

	@GetMapping
	@Operation(summary = "List offer versions", description = "In the order of keys, the newest version first")
	Page<OfferView> list(@AuthenticationPrincipal Caller caller, @RequestParam(defaultValue = "100") int limit,
			@RequestParam(required = false) @Nullable String cursor) {
		Cursor after = Cursor.decode(cursor, 2).orElse(null);
		int size = Cursor.limit(limit);
		return Cursor.page(this.offers
			.list(caller.tenant(), (after != null) ? after.text(0) : "", (after != null) ? after.number(1) : 0,
					size + 1)
			.stream()
			.map(OfferView::of)
			.toList(), size, (last) -> Cursor.of(last.key(), last.version()));
	}

	@PostMapping
	@Requires(AccessRight.CHANGE_CONTENT)
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Add an offer version",
			description = "Messages cannot announce the version before another user has approved it")
	OfferView add(@AuthenticationPrincipal Caller caller, @RequestBody OfferBody body) {
		return OfferView.of(this.offers.add(caller.tenant(), caller.actor(),
				this.check.require(caller.tenant(), body.toOffer(LocalDate.now(this.clock)))));
	}

	@PostMapping("/{key}/versions/{version}/approve")
	@Requires(AccessRight.CHANGE_CONTENT)
	@Operation(summary = "Approve an offer version", description = "The version becomes live: campaigns may announce "
			+ "it. 409 when the caller added it: another user must approve it")
	Map<String, Object> approve(@AuthenticationPrincipal Caller caller, @PathVariable String key,
			@PathVariable int version) {
		this.offers.approve(caller.tenant(), caller.actor(), key, version);
		return Map.of("key", key, "version", version, "live", true);
	}

}
