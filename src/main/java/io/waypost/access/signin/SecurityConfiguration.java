package io.waypost.access.signin;

import java.io.IOException;
import java.util.Arrays;
import java.util.regex.Pattern;

import io.waypost.access.Role;
import io.waypost.access.key.ApiTokenRepository;
import io.waypost.access.oidc.OidcSignIn;
import io.waypost.access.oidc.OidcSignOutHandler;
import io.waypost.access.saml.SamlSignIn;
import io.waypost.access.session.SessionBeginner;
import io.waypost.access.session.SessionFilter;
import io.waypost.access.session.SignOutHandler;
import io.waypost.access.session.UserSessions;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.PathPatternRequestMatcherBuilderFactoryBean;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Five security filter chains, matched in this order: public endpoints, the engine's REST
 * API, SCIM, the management API, and the console, which matches every other path and
 * denies by default.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ TwoStepSettings.class, MetricsTokenSettings.class })
class SecurityConfiguration {

	private static final String[] PUBLIC_ENDPOINTS = { "/v1/**", "/t/o/**", "/t/c/**", "/u/**", "/webhooks/**" };

	private static final String[] PUBLIC_PAGES = { "/login", SamlSignIn.PATHS, "/invitation/*", "/webjars/**",
			"/assets/**", "/favicon.ico", "/actuator/health", "/actuator/health/**" };

	/** A caller without a role may open nothing but the public pages. */
	private static final String[] ANY_ROLE = names(Role.values());

	/**
	 * Scripts come from this server only. Images may come from any HTTPS host, because
	 * e-mail previews show the shop's pictures. Forms lead to this server, and at the
	 * sign-out to the identity provider.
	 */
	private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
			+ "img-src 'self' data: https:; font-src 'self' data:; connect-src 'self'; frame-src 'self'; "
			+ "form-action 'self'%s; base-uri 'none'; frame-ancestors 'self'";

	private static final Pattern API_CREDENTIALS = Pattern.compile("(?i)(bearer|basic) .*");

	private final OidcSignIn oidc;

	private final SamlSignIn saml;

	SecurityConfiguration(OidcSignIn oidc, SamlSignIn saml) {
		this.oidc = oidc;
		this.saml = saml;
	}

	/** Filters of the chains, which the servlet container must not call in addition. */
	@Bean
	BearerTokenFilter bearerTokenFilter(ApiTokenRepository tokens, MetricsTokenSettings metrics,
			SecurityProblemHandler problems) {
		return new BearerTokenFilter(tokens, metrics, problems);
	}

	@Bean
	FilterRegistrationBean<BearerTokenFilter> bearerTokenFilterRegistration(BearerTokenFilter filter) {
		FilterRegistrationBean<BearerTokenFilter> registration = new FilterRegistrationBean<>(filter);
		registration.setEnabled(false);
		return registration;
	}

	/** It runs within the filter chains, behind the sign-in. */
	@Bean
	FilterRegistrationBean<TwoStepFilter> twoStepFilterRegistration(TwoStepFilter filter) {
		FilterRegistrationBean<TwoStepFilter> registration = new FilterRegistrationBean<>(filter);
		registration.setEnabled(false);
		return registration;
	}

	/**
	 * Switches the observation of each security filter off: a dozen filters would be
	 * observed twice per request. Spring MVC measures the request.
	 */
	@Bean
	SecurityObservationSettings securityObservations() {
		return SecurityObservationSettings.noObservations();
	}

	/**
	 * Matches patterns against the whole path. Spring's default matches them relative to
	 * the servlet, so they would never match the engine's own servlets.
	 */
	@Bean
	PathPatternRequestMatcherBuilderFactoryBean requestMatcherBuilder() {
		return new PathPatternRequestMatcherBuilderFactoryBean();
	}

	/**
	 * Endpoints of sources, recipients and e-mail providers. The controllers check write
	 * keys, signed tokens and webhook signatures.
	 */
	@Bean
	@Order(1)
	SecurityFilterChain publicFilterChain(HttpSecurity http) throws Exception {
		stateless(http.securityMatcher(PUBLIC_ENDPOINTS));
		return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll()).build();
	}

	/**
	 * The engine's REST API. The engine checks permissions and tenant behind the
	 * allow-list.
	 */
	@Bean
	@Order(2)
	SecurityFilterChain engineFilterChain(HttpSecurity http, BearerTokenFilter tokens, SecurityProblemHandler problems,
			EngineAccess engine, TwoStepFilter twoStep) throws Exception {
		stateless(http.securityMatcher("/engine-rest/**"));
		http.addFilterBefore(new TenantScopeFilter(), AuthorizationFilter.class);
		http.addFilterBefore(twoStep, AuthorizationFilter.class);
		authenticateByHeader(http, tokens, problems);
		return http.authorizeHttpRequests((requests) -> requests.anyRequest().access(engine)).build();
	}

	/** Directories with an API token: neither a session nor a password opens SCIM. */
	@Bean
	@Order(3)
	SecurityFilterChain scimFilterChain(HttpSecurity http, BearerTokenFilter tokens, SecurityProblemHandler problems)
			throws Exception {
		stateless(http.securityMatcher(BearerTokenFilter.SCIM + "**"));
		http.addFilterBefore(new TenantScopeFilter(), AuthorizationFilter.class);
		http.addFilterBefore(tokens, BasicAuthenticationFilter.class)
			.exceptionHandling(
					(exceptions) -> exceptions.authenticationEntryPoint(problems).accessDeniedHandler(problems));
		return http.authorizeHttpRequests((requests) -> requests.anyRequest().hasRole(Role.ADMIN.name())).build();
	}

	/**
	 * The management API, for programs with a token and for the console's pages.
	 * {@link AccessRightInterceptor} checks the right of each endpoint behind it.
	 */
	@Bean
	@Order(4)
	SecurityFilterChain apiFilterChain(HttpSecurity http, BearerTokenFilter tokens, SecurityProblemHandler problems,
			UserSessions sessions, TwoStepFilter twoStep) throws Exception {
		http.securityMatcher("/api/**", "/v3/api-docs/**", "/v3/api-docs.yaml", MetricsTokenSettings.PATH);
		headers(http);
		http.addFilterAfter(new SessionFilter(sessions), SecurityContextHolderFilter.class);
		http.addFilterBefore(new TenantScopeFilter(), AuthorizationFilter.class);
		http.addFilterBefore(twoStep, AuthorizationFilter.class);
		authenticateByHeader(http, tokens, problems);
		return http.csrf((csrf) -> csrf.requireCsrfProtectionMatcher(SecurityConfiguration::needsCsrfToken))
			.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.NEVER))
			.requestCache((cache) -> cache.disable())
			.authorizeHttpRequests((requests) -> requests.requestMatchers(MetricsTokenSettings.PATH)
				.hasAnyRole(Role.OPERATOR.name(), Role.ADMIN.name(), MetricsTokenSettings.AUTHORITY)
				.requestMatchers("/api/v1/**")
				.hasAnyRole(ANY_ROLE)
				.requestMatchers(HttpMethod.GET, "/api/**", "/v3/**")
				.hasAnyRole(ANY_ROLE)
				.anyRequest()
				.denyAll())
			.build();
	}

	/** The console and the engine's web applications. */
	@Bean
	@Order(5)
	SecurityFilterChain consoleFilterChain(HttpSecurity http, UserSessions sessions, EngineAccess engine,
			TwoStepFilter twoStep, OidcSignOutHandler signOut) throws Exception {
		headers(http);
		http.addFilterAfter(new SessionFilter(sessions), SecurityContextHolderFilter.class);
		http.addFilterBefore(new TenantScopeFilter(), AuthorizationFilter.class);
		http.addFilterBefore(twoStep, AuthorizationFilter.class);
		HttpSessionRequestCache savedRequests = new HttpSessionRequestCache();
		savedRequests.setMatchingRequestParameterName(null);
		savedRequests.setRequestMatcher(SecurityConfiguration::isPage);
		SessionBeginner beginner = new SessionBeginner(sessions, savedRequests);
		this.oidc.addTo(http, savedRequests, beginner);
		this.saml.addTo(http, beginner);
		return http.authorizeHttpRequests((requests) -> authorizeConsole(requests, engine))
			.requestCache((cache) -> cache.requestCache(savedRequests))
			// Camunda's web applications check a CSRF token of their own
			.csrf((csrf) -> csrf.ignoringRequestMatchers("/camunda/api/**", "/camunda/app/**", SamlSignIn.ACS_PATHS))
			.formLogin((form) -> form.loginPage("/login")
				.authenticationDetailsSource(SignInDetails::new)
				.successHandler(beginner)
				.failureHandler(SecurityConfiguration::redirectToLogin))
			.logout((logout) -> logout.addLogoutHandler(new SignOutHandler(sessions))
				.logoutSuccessHandler((request, response, user) -> {
					if (!this.saml.signOut(user, response)) {
						signOut.onLogoutSuccess(request, response, user);
					}
				}))
			.exceptionHandling((exceptions) -> exceptions
				.defaultAuthenticationEntryPointFor(new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED),
						path("/camunda/api/**"))
				.defaultAuthenticationEntryPointFor(new LoginUrlAuthenticationEntryPoint("/login"), path("/**")))
			.build();
	}

	/**
	 * The allow-list of the web applications contains neither Camunda's setup, which lets
	 * any user create an administrator while the engine has none (CVE-2026-77226), nor
	 * its sign-in, which could be used to guess passwords.
	 */
	private static void authorizeConsole(
			AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests,
			EngineAccess engine) {
		requests.dispatcherTypeMatchers(DispatcherType.ERROR)
			.permitAll()
			.requestMatchers(PUBLIC_PAGES)
			.permitAll()
			.requestMatchers("/actuator/**")
			.denyAll()
			.requestMatchers("/camunda/**")
			.access(engine)
			.anyRequest()
			.hasAnyRole(ANY_ROLE);
	}

	/** The sign-in page shows the reason by its query parameter. */
	private static void redirectToLogin(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failure) throws IOException {
		String reason = switch (failure) {
			case TooManyAttemptsException throttled -> "wait";
			case TwoStepException secondStep -> "code";
			case PasswordSwitchedOffException oidcOnly -> "nopassword";
			default -> (request.getParameter("code") != null) ? "code&error" : "error";
		};
		response.sendRedirect("/login?" + reason);
	}

	private void stateless(HttpSecurity http) throws Exception {
		headers(http);
		http.csrf(AbstractHttpConfigurer::disable)
			.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.requestCache((cache) -> cache.disable())
			.logout((logout) -> logout.disable());
	}

	private static void authenticateByHeader(HttpSecurity http, BearerTokenFilter tokens,
			SecurityProblemHandler problems) throws Exception {
		http.addFilterBefore(tokens, BasicAuthenticationFilter.class)
			.httpBasic((basic) -> basic.authenticationEntryPoint(problems))
			.exceptionHandling(
					(exceptions) -> exceptions.authenticationEntryPoint(problems).accessDeniedHandler(problems));
	}

	/** Camunda's pages send a Content-Security-Policy of their own. */
	private void headers(HttpSecurity http) throws Exception {
		http.headers((headers) -> headers.frameOptions(HeadersConfigurer.FrameOptionsConfig::sameOrigin)
			.referrerPolicy((referrer) -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
			.addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(new NegatedRequestMatcher(path("/camunda/**")),
					new ContentSecurityPolicyHeaderWriter(
							CONTENT_SECURITY_POLICY.formatted(this.oidc.formTargets() + this.saml.formTargets())))));
	}

	/**
	 * Checks whether a request needs a CSRF token. A browser adds the session cookie to
	 * cross-site requests, but never an Authorization header with API credentials.
	 */
	private static boolean needsCsrfToken(HttpServletRequest request) {
		String credentials = request.getHeader(HttpHeaders.AUTHORIZATION);
		return CsrfFilter.DEFAULT_CSRF_MATCHER.matches(request)
				&& (credentials == null || !API_CREDENTIALS.matcher(credentials).matches());
	}

	/** Only pages are saved as the target after the sign-in. */
	private static boolean isPage(HttpServletRequest request) {
		String accepted = request.getHeader(HttpHeaders.ACCEPT);
		return "GET".equals(request.getMethod()) && accepted != null && accepted.contains("text/html")
				&& request.getHeader("HX-Request") == null && !request.getRequestURI().startsWith("/camunda/api/");
	}

	private static RequestMatcher path(String pattern) {
		return PathPatternRequestMatcher.withDefaults().matcher(pattern);
	}

	private static String[] names(Role... roles) {
		return Arrays.stream(roles).map(Role::name).toArray(String[]::new);
	}

}
