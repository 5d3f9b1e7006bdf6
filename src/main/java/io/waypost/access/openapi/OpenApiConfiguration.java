package io.waypost.access.openapi;

import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Describes the management API and the event API at {@code /v3/api-docs}.
 */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

	private static final String DESCRIPTION = """
			Waypost sends personalised e-mail through journeys and campaigns.

			Management API: paths below /api/v1. Sign in with an API token (Bearer) or with a user's name and password (Basic).
			Event API: paths below /v1, compatible with Segment. Sign in with the write key of a source as Basic user name.

			Times are ISO 8601 in UTC. Ids are strings. Lists are paged with limit and cursor and return items and nextCursor.
			Errors are problem details (RFC 9457); errors in a body are listed with JSON pointers.
			Unknown fields in a body are refused.
			Every POST below /api/v1 may carry an Idempotency-Key, so that a repeated request has its effect once.""";

	@Bean
	OpenAPI openApi() {
		return new OpenAPI().info(new Info().title("Waypost API").version("1").description(DESCRIPTION))
			.components(new Components()
				.addSecuritySchemes("apiToken",
						new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer").description("API token"))
				.addSecuritySchemes("user",
						new SecurityScheme().type(SecurityScheme.Type.HTTP)
							.scheme("basic")
							.description("User name and password"))
				.addSecuritySchemes("writeKey",
						new SecurityScheme().type(SecurityScheme.Type.HTTP)
							.scheme("basic")
							.description("Write key of a source as user name; empty password")))
			.security(
					List.of(new SecurityRequirement().addList("apiToken"), new SecurityRequirement().addList("user")));
	}

	@Bean
	BodySchemas bodySchemas() {
		return new BodySchemas();
	}

	@Bean
	GlobalOpenApiCustomizer apiDocumentation(ObjectMapper json) {
		return new ApiDocumentation(OperationExamples.load(json));
	}

}
