package io.waypost.journey.engine.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.waypost.access.Caller;
import io.waypost.journey.engine.tenant.ModelKind;
import io.waypost.journey.engine.tenant.TenantModels;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UriUtils;

/**
 * Answers requests for a model by its key with the model of the caller's tenant, if there
 * is one. The engine itself reads a key without a tenant as the key of a shared model.
 */
class OwnModelFilter extends OncePerRequestFilter {

	private static final Pattern BY_KEY = Pattern
		.compile("(.*/(process-definition|decision-definition|decision-requirements-definition)/key/([^/]+))(/.*)?");

	private static final Map<String, ModelKind> KINDS = Map.of("process-definition", ModelKind.PROCESS,
			"decision-definition", ModelKind.DECISION, "decision-requirements-definition",
			ModelKind.DECISION_REQUIREMENTS);

	private final TenantModels models;

	OwnModelFilter(TenantModels models) {
		this.models = models;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Matcher byKey = BY_KEY.matcher(request.getRequestURI());
		if (byKey.matches() && !String.valueOf(byKey.group(4)).startsWith("/tenant-id/")
				&& caller() instanceof Caller caller) {
			String tenant = caller.tenant().value();
			String key = UriUtils.decode(byKey.group(3), StandardCharsets.UTF_8);
			ModelKind kind = KINDS.get(byKey.group(2));
			if (kind != null && this.models.owns(kind, tenant, key)) {
				chain.doFilter(new OfTenant(request, tenant), response);
				return;
			}
		}
		chain.doFilter(request, response);
	}

	private static Object caller() {
		Authentication signedIn = SecurityContextHolder.getContext().getAuthentication();
		return (signedIn != null) ? signedIn.getPrincipal() : "";
	}

	/** The same request for the model of a tenant. */
	private static final class OfTenant extends HttpServletRequestWrapper {

		private final String tenant;

		private OfTenant(HttpServletRequest request, String tenant) {
			super(request);
			this.tenant = tenant;
		}

		@Override
		public String getRequestURI() {
			return ofTenant(super.getRequestURI());
		}

		@Override
		public StringBuffer getRequestURL() {
			return new StringBuffer(ofTenant(super.getRequestURL().toString()));
		}

		@Override
		public String getPathInfo() {
			String path = super.getPathInfo();
			return (path != null) ? ofTenant(path) : path;
		}

		private String ofTenant(String path) {
			Matcher byKey = BY_KEY.matcher(path);
			if (!byKey.matches()) {
				return path;
			}
			String rest = (byKey.group(4) != null) ? byKey.group(4) : "";
			return byKey.group(1) + "/tenant-id/" + this.tenant + rest;
		}

	}

}
