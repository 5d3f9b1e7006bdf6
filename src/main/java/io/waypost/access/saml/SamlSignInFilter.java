package io.waypost.access.saml;

import java.io.IOException;

import io.waypost.access.Caller;
import io.waypost.access.User;
import io.waypost.access.user.ExternalUsers;
import io.waypost.access.user.NotInMappedGroupException;
import io.waypost.database.TenantScope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;

/**
 * Finishes a sign-in in two steps. The provider lets the browser POST the assertion; this
 * cross-site request carries no session cookie, so the assertion is verified, stored and
 * the browser redirected. The redirected request carries the cookie; it takes the answer
 * to the request that this browser's session remembers. An answer to another browser's
 * request is never taken.
 */
final class SamlSignInFilter extends AbstractAuthenticationProcessingFilter {

	private final SamlProviders providers;

	private final SamlResponseValidator validator;

	private final SamlAssertions assertions;

	private final ExternalUsers users;

	SamlSignInFilter(SamlProviders providers, SamlResponseValidator validator, SamlAssertions assertions,
			ExternalUsers users) {
		super(SamlSignInFilter::isAnswer);
		this.providers = providers;
		this.validator = validator;
		this.assertions = assertions;
		this.users = users;
	}

	private static boolean isAnswer(HttpServletRequest request) {
		String path = request.getRequestURI();
		return (path.startsWith(SamlProvider.ACS) && "POST".equals(request.getMethod()))
				|| (path.startsWith(SamlProvider.FINISH) && "GET".equals(request.getMethod()));
	}

	@Override
	public @Nullable Authentication attemptAuthentication(HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		String path = request.getRequestURI();
		SamlProvider provider = this.providers.find(path.substring(path.lastIndexOf('/') + 1))
			.orElseThrow(() -> new SamlRefusedException("waypost.sign-in.saml has no such entry"));
		try {
			return path.startsWith(SamlProvider.ACS) ? receive(provider, request, response) : finish(provider, request);
		}
		catch (DataIntegrityViolationException | IllegalStateException ex) {
			// The provider's tenant does not exist
			throw new SamlRefusedException(
					"The sign-in could not be stored; does the tenant '%s' of waypost.sign-in.saml exist?"
						.formatted(provider.settings().tenantId()),
					ex);
		}
	}

	private @Nullable Authentication receive(SamlProvider provider, HttpServletRequest request,
			HttpServletResponse response) throws IOException {
		SamlAssertion assertion = this.validator.validate(provider, request.getParameter("SAMLResponse"));
		boolean solicited = assertion.inResponseTo() != null;
		if (!solicited && !provider.settings().allowUnsolicited()) {
			throw new SamlRefusedException("The assertion answers no request; see allow-unsolicited");
		}
		TenantScope.run(provider.settings().tenantId(), () -> this.assertions.record(provider, assertion));
		if (solicited) {
			response.sendRedirect(SamlProvider.FINISH + provider.id());
			return null;
		}
		return account(provider, SamlAssertions.Statement.of(provider, assertion));
	}

	private Authentication finish(SamlProvider provider, HttpServletRequest request) {
		@Nullable HttpSession session = request.getSession(false);
		if (session == null || !(session.getAttribute(SamlController.REQUEST) instanceof String asked)) {
			throw new SamlRefusedException("This browser sent no sign-in request");
		}
		SamlAssertions.Statement statement = TenantScope
			.of(provider.settings().tenantId(), () -> this.assertions.take(provider, asked))
			.orElseThrow(() -> new SamlRefusedException("There is no answer to the request of this browser"));
		session.removeAttribute(SamlController.REQUEST);
		return account(provider, statement);
	}

	private SamlAuthentication account(SamlProvider provider, SamlAssertions.Statement statement) {
		ExternalUsers.Identity identity = new ExternalUsers.Identity(provider.settings().tenantId(), provider.id(),
				provider.accountIssuer(), statement.subject(), statement.subject(), provider.settings().justInTime());
		User user = TenantScope
			.of(identity.tenant(),
					() -> this.users.signIn(identity, statement.name(),
							provider.settings().mapping().roles(statement.groups())))
			.orElseThrow(() -> new NotInMappedGroupException(provider.id()));
		return new SamlAuthentication(new Caller(user.tenant(), user.name(), user.roles()), provider.id(), statement);
	}

}
