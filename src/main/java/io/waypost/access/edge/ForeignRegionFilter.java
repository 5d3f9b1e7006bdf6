package io.waypost.access.edge;

import java.io.IOException;
import java.net.URI;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.database.ForeignRegionException;
import io.waypost.database.ServedRegion;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers requests for tenants of other regions with 421 and the address of the region,
 * if it is configured. The tenant is known when a credential or a signed link was read.
 */
class ForeignRegionFilter extends OncePerRequestFilter {

	private static final HttpStatusCode MISDIRECTED_REQUEST = HttpStatusCode.valueOf(421);

	private final ServedRegion own;

	private final ObjectMapper json;

	ForeignRegionFilter(ServedRegion own, ObjectMapper json) {
		this.own = own;
		this.json = json;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try {
			chain.doFilter(request, response);
		}
		catch (ServletException | RuntimeException ex) {
			ForeignRegionException foreign = cause(ex);
			if (foreign == null || response.isCommitted()) {
				throw ex;
			}
			refuse(request, response, foreign.region());
		}
	}

	private static @Nullable ForeignRegionException cause(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof ForeignRegionException foreign) {
				return foreign;
			}
		}
		return null;
	}

	/** Names the region, not the tenant. */
	private void refuse(HttpServletRequest request, HttpServletResponse response, String region) throws IOException {
		String url = this.own.urls().get(region);
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(MISDIRECTED_REQUEST,
				"The data of this caller is in the region '%s'; %s".formatted(region,
						(url != null) ? "send the request to " + url : "send the request to a node of that region"));
		problem.setTitle("Misdirected Request");
		problem.setInstance(URI.create(request.getRequestURI()));
		problem.setProperty("region", region);
		if (url != null) {
			problem.setProperty("url", url);
		}
		response.reset();
		response.setStatus(MISDIRECTED_REQUEST.value());
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		this.json.writeValue(response.getOutputStream(), problem);
	}

}
