package io.waypost.access.signin;

import java.util.Arrays;
import java.util.regex.Pattern;

import io.waypost.access.Role;
import io.waypost.access.key.ApiTokenRepository;
import io.waypost.access.user.AccessSettings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
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
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Four doors, tried in this order; what none of the first three knows belongs to the
 * console, which lets nobody in without a sign-in.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessSettings.class)
class SecurityConfiguration {

	private static final String[] PUBLIC_DOORS = { "/v1/**", "/t/o/**", "/t/c/**", "/u/**", "/webhooks/**" };

	private static final String[] OPEN_PAGES = { "/login", "/webjars/**", "/assets/**", "/favicon.ico",
			"/actuator/health", "/actuator/health/**" };

	private static final String[] WRITERS = names(Role.MARKETER, Role.OPERATOR, Role.ADMIN);

	/** Who answers people that ask for their data, or for its erasure. */
	private static final String[] DATA_PROTECTION = names(Role.COMPLIANCE, Role.ADMIN);

	/** No foreign script can run; e-mail previews may show pictures from the shop. */
	private static final String CONTENT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
			+ "img-src 'self' data: https:; font-src 'self' data:; connect-src 'self'; frame-src 'self'; "
			+ "form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

	private static final Pattern CREDENTIALS = Pattern.compile("(?i)(bearer|basic) .*");

	@Bean
	PasswordEncoder passwordEncoder() {
		return PasswordEncoderFactories.createDelegatingPasswordEncoder();
	}

	/**
	 * A dozen filters would each be observed twice for every request; what a request
	 * took, Spring MVC observes once.
	 */
	@Bean
	SecurityObservationSettings securityObservations() {
		return SecurityObservationSettings.noObservations();
	}

	/**
	 * Patterns mean whole paths. Spring's default takes them relative to the servlet that
	 * answers, so that none would ever match the engine's own servlets.
	 */
	@Bean
	PathPatternRequestMatcherBuilderFactoryBean requestMatcherBuilder() {
		return new PathPatternRequestMatcherBuilderFactoryBean();
	}

	/**
	 * Sources, recipients and providers: each shows a key, token or signature that the
	 * room behind the door checks.
	 */
	@Bean
	@Order(1)
	SecurityFilterChain publicFilterChain(HttpSecurity http) throws Exception {
		stateless(http.securityMatcher(PUBLIC_DOORS));
		return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll()).build();
	}

	/**
	 * The engine's REST API. What a user may do there, the engine decides by their
	 * groups.
	 */
	@Bean
	@Order(2)
	SecurityFilterChain engineFilterChain(HttpSecurity http, ApiTokenRepository tokens, SecurityProblemHandler answers)
			throws Exception {
		stateless(http.securityMatcher("/engine-rest/**"));
		signInByHeader(http, tokens, answers);
		return http
			.authorizeHttpRequests((requests) -> requests.requestMatchers(HttpMethod.GET, "/engine-rest/deployment/**")
				.authenticated()
				.requestMatchers("/engine-rest/deployment/**")
				.hasAnyRole(names(Role.MODELER, Role.ADMIN))
				.anyRequest()
				.authenticated())
			.build();
	}

	/** The management API, for programs with a token and for the console's own pages. */
	@Bean
	@Order(3)
	SecurityFilterChain apiFilterChain(HttpSecurity http, ApiTokenRepository tokens, SecurityProblemHandler answers)
			throws Exception {
		http.securityMatcher("/api/**", "/v3/api-docs/**", "/v3/api-docs.yaml", "/actuator/prometheus");
		headers(http);
		signInByHeader(http, tokens, answers);
		return http.csrf((csrf) -> csrf.requireCsrfProtectionMatcher(SecurityConfiguration::isForgeable))
			.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.NEVER))
			.requestCache((cache) -> cache.disable())
			.authorizeHttpRequests((requests) -> requests.requestMatchers("/actuator/**")
				.hasAnyRole(names(Role.OPERATOR, Role.ADMIN))
				.requestMatchers(HttpMethod.GET, "/api/v1/profiles/*/export")
				.hasAnyRole(DATA_PROTECTION)
				.requestMatchers(HttpMethod.DELETE, "/api/v1/profiles/*")
				.hasAnyRole(DATA_PROTECTION)
				.requestMatchers(HttpMethod.GET, "/**")
				.authenticated()
				.requestMatchers("/api/v1/**")
				.hasAnyRole(WRITERS)
				.anyRequest()
				.denyAll())
			.build();
	}

	/** People: the console and the engine's web applications. */
	@Bean
	@Order(4)
	SecurityFilterChain consoleFilterChain(HttpSecurity http) throws Exception {
		headers(http);
		HttpSessionRequestCache lastPage = new HttpSessionRequestCache();
		lastPage.setMatchingRequestParameterName(null);
		lastPage.setRequestMatcher(SecurityConfiguration::isPage);
		return http.authorizeHttpRequests(SecurityConfiguration::consoleRules)
			.requestCache((cache) -> cache.requestCache(lastPage))
			// Camunda checks its own token for its own calls
			.csrf((csrf) -> csrf.ignoringRequestMatchers("/camunda/api/**", "/camunda/app/**"))
			.formLogin((form) -> form.loginPage("/login").failureHandler(new LoginFailureHandler()))
			.logout((logout) -> logout.logoutSuccessUrl("/login?signedout"))
			.exceptionHandling((failures) -> failures
				.defaultAuthenticationEntryPointFor(new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED),
						path("/camunda/api/**"))
				.defaultAuthenticationEntryPointFor(new LoginUrlAuthenticationEntryPoint("/login"), path("/**")))
			.build();
	}

	/**
	 * The setup resource would let anybody create an administrator as long as the engine
	 * knows none (CVE-2026-77226), so it is closed for everybody.
	 */
	private static void consoleRules(
			AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
		requests.dispatcherTypeMatchers(DispatcherType.ERROR)
			.permitAll()
			.requestMatchers(OPEN_PAGES)
			.permitAll()
			.requestMatchers("/camunda/api/admin/setup/**", "/camunda/app/admin/*/setup/**", "/actuator/**")
			.denyAll()
			.requestMatchers("/camunda/api/admin/auth/**")
			.authenticated()
			.requestMatchers("/camunda/api/admin/**", "/camunda/app/admin/**")
			.hasRole(Role.ADMIN.name())
			.anyRequest()
			.authenticated();
	}

	private static void stateless(HttpSecurity http) throws Exception {
		headers(http);
		http.csrf(AbstractHttpConfigurer::disable)
			.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.requestCache((cache) -> cache.disable())
			.logout((logout) -> logout.disable());
	}

	private static void signInByHeader(HttpSecurity http, ApiTokenRepository tokens, SecurityProblemHandler answers)
			throws Exception {
		http.addFilterBefore(new BearerTokenFilter(tokens, answers), BasicAuthenticationFilter.class)
			.httpBasic((basic) -> basic.authenticationEntryPoint(answers))
			.exceptionHandling((failures) -> failures.authenticationEntryPoint(answers).accessDeniedHandler(answers));
	}

	/** Camunda's pages come with a policy of their own. */
	private static void headers(HttpSecurity http) throws Exception {
		http.headers((headers) -> headers.frameOptions(HeadersConfigurer.FrameOptionsConfig::sameOrigin)
			.referrerPolicy((referrer) -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
			.addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(new NegatedRequestMatcher(path("/camunda/**")),
					new ContentSecurityPolicyHeaderWriter(CONTENT_POLICY))));
	}

	/**
	 * A browser adds a session to foreign requests by itself, but never these headers.
	 */
	private static boolean isForgeable(HttpServletRequest request) {
		String credentials = request.getHeader(HttpHeaders.AUTHORIZATION);
		return CsrfFilter.DEFAULT_CSRF_MATCHER.matches(request)
				&& (credentials == null || !CREDENTIALS.matcher(credentials).matches());
	}

	/** What is worth returning to after the sign-in. */
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
