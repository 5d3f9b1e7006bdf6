package io.waypost.access.signin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import io.waypost.access.AccessRight;
import io.waypost.access.PublicEndpoint;
import io.waypost.access.Requires;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Finds the rights that each endpoint requires. Stops the start when an endpoint names
 * none, so that a new endpoint is closed until its author decides.
 */
@Component
class EndpointRights implements SmartInitializingSingleton {

	/** Package of the library that serves the description of the API. */
	private static final String API_DESCRIPTION = "org.springdoc.";

	private final ObjectProvider<RequestMappingHandlerMapping> mappings;

	EndpointRights(ObjectProvider<RequestMappingHandlerMapping> mappings) {
		this.mappings = mappings;
	}

	/**
	 * Finds the rights of an endpoint.
	 * @param endpoint method of a controller
	 * @return the rights, one of which is enough; an empty list for a public endpoint;
	 * empty when the endpoint is not known
	 */
	Optional<List<AccessRight>> of(HandlerMethod endpoint) {
		Class<?> controller = endpoint.getBeanType();
		@Nullable Requires requires = AnnotatedElementUtils.findMergedAnnotation(endpoint.getMethod(), Requires.class);
		if (requires == null) {
			requires = AnnotatedElementUtils.findMergedAnnotation(controller, Requires.class);
		}
		if (requires != null) {
			return Optional.of(Arrays.asList(requires.value())).filter((rights) -> !rights.isEmpty());
		}
		if (controller.getName().startsWith(API_DESCRIPTION)) {
			return Optional.of(List.of(AccessRight.READ_API_DESCRIPTION));
		}
		boolean open = AnnotatedElementUtils.hasAnnotation(controller, PublicEndpoint.class)
				|| ErrorController.class.isAssignableFrom(controller);
		return open ? Optional.of(List.of()) : Optional.empty();
	}

	@Override
	public void afterSingletonsInstantiated() {
		List<HandlerMethod> endpoints = new ArrayList<>();
		this.mappings.stream().forEach((mapping) -> endpoints.addAll(mapping.getHandlerMethods().values()));
		requireAll(endpoints);
	}

	/**
	 * Checks that each endpoint names its right.
	 * @param endpoints methods of controllers
	 * @throws IllegalStateException lists the endpoints without a right
	 */
	void requireAll(List<HandlerMethod> endpoints) {
		TreeSet<String> undecided = new TreeSet<>();
		endpoints.stream()
			.filter((endpoint) -> of(endpoint).isEmpty())
			.forEach((endpoint) -> undecided.add(endpoint.getShortLogMessage()));
		if (!undecided.isEmpty()) {
			throw new IllegalStateException(
					"These endpoints name no right: %s; add @Requires(AccessRight.…) to the method or its class"
						.formatted(undecided));
		}
	}

}
