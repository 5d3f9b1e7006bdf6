package io.waypost.access.signin;

import java.util.List;

import io.waypost.access.AccessRight;
import io.waypost.access.PublicEndpoint;
import io.waypost.access.Requires;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class EndpointRightsTests {

	private final EndpointRights rights = new EndpointRights(
			new StaticListableBeanFactory().getBeanProvider(RequestMappingHandlerMapping.class));

	@Test
	void takesTheRightOfTheMethodBeforeThatOfItsClass() throws Exception {
		assertThat(this.rights.of(endpoint(new Protected(), "read"))).contains(List.of(AccessRight.READ_SENDS));
		assertThat(this.rights.of(endpoint(new Protected(), "change"))).contains(List.of(AccessRight.MANAGE_USERS));
		assertThat(this.rights.of(endpoint(new Open(), "read"))).contains(List.of());
	}

	@Test
	void stopsTheStartForAnEndpointWithoutRight() throws Exception {
		List<HandlerMethod> endpoints = List.of(endpoint(new Protected(), "read"), endpoint(new Forgotten(), "read"));
		assertThatIllegalStateException().isThrownBy(() -> this.rights.requireAll(endpoints))
			.withMessageContaining("Forgotten#read")
			.withMessageContaining("@Requires")
			.withMessageNotContaining("Protected");
	}

	private static HandlerMethod endpoint(Object controller, String method) throws NoSuchMethodException {
		return new HandlerMethod(controller, controller.getClass().getDeclaredMethod(method));
	}

	@Requires(AccessRight.READ_SENDS)
	@SuppressWarnings("UnusedMethod")
	private static final class Protected {

		@GetMapping
		void read() {
		}

		@GetMapping
		@Requires(AccessRight.MANAGE_USERS)
		void change() {
		}

	}

	@PublicEndpoint("a test")
	@SuppressWarnings("UnusedMethod")
	private static final class Open {

		@GetMapping
		void read() {
		}

	}

	@SuppressWarnings("UnusedMethod")
	private static final class Forgotten {

		@GetMapping
		void read() {
		}

	}

}
