package io.waypost.access.openapi;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.waypost.access.JsonBody;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;

import org.springframework.core.MethodParameter;
import org.springframework.web.method.HandlerMethod;

/**
 * Replaces the schema of bodies that a controller reads as a tree, and adds the schemas
 * of their nested objects to the document.
 */
final class BodySchemas implements GlobalOperationCustomizer, GlobalOpenApiCustomizer {

	/** Schemas of nested objects by name; springdoc customises operations first. */
	private final Map<String, Schema<?>> nested = new ConcurrentHashMap<>();

	@Override
	public Operation customize(Operation operation, HandlerMethod method) {
		for (MethodParameter parameter : method.getMethodParameters()) {
			JsonBody described = parameter.getParameterAnnotation(JsonBody.class);
			if (described != null && operation.getRequestBody() != null) {
				Schema<?> schema = resolve(described.value());
				operation.getRequestBody().getContent().values().forEach((media) -> media.setSchema(schema));
			}
		}
		return operation;
	}

	@Override
	public void customise(OpenAPI document) {
		this.nested.forEach(document.getComponents()::addSchemas);
	}

	private Schema<?> resolve(Class<?> type) {
		ResolvedSchema resolved = ModelConverters.getInstance().resolveAsResolvedSchema(new AnnotatedType(type));
		if (!JsonNode.class.isAssignableFrom(type)) {
			resolved.referencedSchemas.forEach((name, schema) -> this.nested.put(name, schema));
		}
		return resolved.schema;
	}

}
