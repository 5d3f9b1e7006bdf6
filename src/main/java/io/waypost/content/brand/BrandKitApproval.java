package io.waypost.content.brand;

import java.util.List;

import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.SecondPerson;
import io.waypost.content.BrandKitRepository;
import io.waypost.content.BrandKitRepository.BrandVersion;

import org.springframework.stereotype.Component;

/**
 * Makes a version of the brand kit live. A version that allows more than the live one
 * needs another person than its author.
 */
@Component
class BrandKitApproval {

	private final BrandKitRepository brands;

	private final SecondPerson persons;

	BrandKitApproval(BrandKitRepository brands, SecondPerson persons) {
		this.brands = brands;
		this.persons = persons;
	}

	/**
	 * Approves a version.
	 * @throws InvalidRequestException a 404 for an unknown version, a 409 when it needs a
	 * second person
	 */
	void approve(Caller caller, String key, int version) {
		BrandVersion wanted = this.brands.find(caller.tenant(), version)
			.filter((found) -> key.equals(BrandKitRepository.KEY))
			.orElseThrow(() -> InvalidRequestException.notFound(
					"There is no version %d of brand '%s'; GET /api/v1/brands lists them".formatted(version, key)));
		List<String> looser = this.brands.readLive(caller.tenant())
			.map((live) -> BrandKitLoosening.between(live, wanted.kit()))
			.orElse(List.of());
		if (!looser.isEmpty()) {
			this.persons.require(caller.tenant(), caller.actor(), wanted.createdBy(),
					"Version %d of brand '%s' allows more than the live version (%s) and".formatted(version, key,
							String.join("; ", looser)));
		}
		this.brands.approve(caller.tenant(), caller.actor(), version);
	}

}
