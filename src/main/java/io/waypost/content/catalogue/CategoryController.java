package io.waypost.content.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;

import io.swagger.v3.oas.annotations.Operation;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.InvalidRequestException.Violation;
import io.waypost.access.Requires;
import io.waypost.content.fact.CategoryRepository;
import io.waypost.content.ProductCatalogue;
import io.waypost.kernel.Page;
import io.waypost.kernel.Suggestions;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/catalog/categories")
@Requires(AccessRight.READ_CONTENT)
class CategoryController {

	private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());

	private final CategoryRepository categories;

	private final ProductCatalogue catalogue;

	CategoryController(CategoryRepository categories, ProductCatalogue catalogue) {
		this.categories = categories;
		this.catalogue = catalogue;
	}

	@GetMapping
	@Operation(summary = "List the categories with their names by language")
	Page<CategoryBody> list(@AuthenticationPrincipal Caller caller) {
		Map<String, Map<String, String>> names = this.categories.names(caller.tenant()).names();
		return new Page<>(this.catalogue.categories(caller.tenant())
			.stream()
			.map((category) -> new CategoryBody(category, names.getOrDefault(category, Map.of())))
			.toList(), null);
	}

	@PostMapping
	@Requires(AccessRight.CHANGE_CONTENT)
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Name a category in each language")
	CategoryBody save(@AuthenticationPrincipal Caller caller, @RequestBody CategoryBody body) {
		List<Violation> violations = new ArrayList<>();
		SortedSet<String> known = this.catalogue.categories(caller.tenant());
		String name = String.valueOf(body.name());
		if (!known.contains(name)) {
			violations.add(new Violation("/name",
					"the catalogue has no category '%s'; ".formatted(name) + Suggestions.closest(name, known)
						.map("did you mean '%s'?"::formatted)
						.orElse("add an item with this category first")));
		}
		Map<String, String> names = new TreeMap<>();
		if (body.names() != null) {
			body.names().forEach((language, text) -> {
				if (!LANGUAGES.contains(language) || text == null || text.isBlank() || !ProductBody.isLine(text)) {
					violations.add(new Violation("/names/" + language,
							"'%s' must be one line of up to 200 characters, by an ISO 639 language code such as en"
								.formatted(text)));
				}
				else {
					names.put(language, text.strip());
				}
			});
		}
		if (!violations.isEmpty()) {
			throw InvalidRequestException.badRequest(violations);
		}
		this.categories.save(caller.tenant(), caller.actor(), Map.of(name, names));
		return new CategoryBody(name, names);
	}

}
