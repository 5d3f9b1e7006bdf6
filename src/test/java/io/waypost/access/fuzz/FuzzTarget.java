package io.waypost.access.fuzz;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.testing.PublicApi;

import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * An endpoint that receives random requests.
 *
 * @param method HTTP method
 * @param path path with parameters in braces
 * @param parameters names of the query parameters
 * @param mediaType content type of the body, empty for none
 * @param schema schema of the body, missing for none
 * @param example example of the body, missing for none
 */
record FuzzTarget(String method, String path, List<String> parameters, String mediaType, JsonNode schema,
		JsonNode example) {

	/** Rebuilds the data that other tests read; deletes data of any tenant. */
	private static final Set<String> EXCLUDED = Set.of("POST /api/v1/segments/rebuild", "DELETE /api/v1/tenants/{id}");

	/** Query parameters of pages, which no document lists. */
	private static final List<String> OF_PAGES = List.of("cursor", "limit", "query", "q", "status", "userId",
			"campaignId", "version", "from", "to", "kind", "subject", "asOf", "tab", "page", "variant", "width", "name",
			"template", "journey", "error", "goal", "compare");

	String name() {
		return this.method + " " + this.path;
	}

	boolean isManagementApi() {
		return this.path.startsWith("/api/");
	}

	boolean isEventApi() {
		return this.path.startsWith("/v1/");
	}

	/** Whether people open it with the session of a browser. */
	boolean isPage() {
		return !isManagementApi() && !isEventApi() && !isOpen();
	}

	/** Whether recipients and providers call it without an account. */
	boolean isOpen() {
		return this.path.startsWith("/t/") || this.path.startsWith("/u/") || this.path.startsWith("/webhooks/");
	}

	/** Reads the operations of the OpenAPI document. */
	static List<FuzzTarget> documented(JsonNode document) {
		List<FuzzTarget> targets = new ArrayList<>();
		document.path("paths").properties().forEach((path) -> path.getValue().properties().forEach((method) -> {
			List<String> parameters = new ArrayList<>();
			for (JsonNode parameter : method.getValue().path("parameters")) {
				if (parameter.path("in").asText().equals("query")) {
					parameters.add(parameter.path("name").asText());
				}
			}
			String type = "";
			JsonNode media = method.getValue().path("missing");
			for (var content : method.getValue().at("/requestBody/content").properties()) {
				type = content.getKey();
				media = content.getValue();
			}
			targets.add(new FuzzTarget(method.getKey().toUpperCase(Locale.ROOT), path.getKey(), parameters, type,
					media.path("schema"), media.path("example")));
		}));
		return included(targets);
	}

	/** Finds pages, links of e-mails and webhooks, which the document leaves out. */
	static List<FuzzTarget> undocumented(RequestMappingHandlerMapping mappings) {
		JsonNode none = PublicApi.JSON.missingNode();
		List<FuzzTarget> targets = new ArrayList<>();
		mappings.getHandlerMethods().keySet().forEach((info) -> {
			Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
			for (String pattern : info.getPatternValues()) {
				String path = pattern.replaceAll("\\{(\\w+):[^}]*}", "{$1}");
				if (methods.isEmpty() || methods.contains(RequestMethod.GET)) {
					targets.add(new FuzzTarget("GET", path, OF_PAGES, "", none, none));
				}
				if (methods.contains(RequestMethod.POST)) {
					targets
						.add(new FuzzTarget("POST", path, OF_PAGES, "application/x-www-form-urlencoded", none, none));
				}
			}
		});
		return included(targets.stream()
			.filter((target) -> !target.isManagementApi() && !target.isEventApi()
					&& (target.isOpen() || target.method().equals("GET")))
			.filter((target) -> !target.path().startsWith("/v3/") && !target.path().startsWith("/swagger")
					&& !target.path().equals("/error"))
			.toList());
	}

	private static List<FuzzTarget> included(List<FuzzTarget> targets) {
		return targets.stream()
			.filter((target) -> !EXCLUDED.contains(target.name()))
			.distinct()
			.sorted(Comparator.comparing(FuzzTarget::name))
			.toList();
	}

}
