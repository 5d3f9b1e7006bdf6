package io.waypost.identity.masterkey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Finds the credentials of this process: environment variables, then the endpoint of the
 * container (ECS, EKS Pod Identity), then the metadata service of the instance (IMDSv2).
 * They are read for each request, because they expire and requests are few.
 */
final class AwsCredentialsProvider implements Supplier<AwsCredentials> {

	private static final String ROLES = "/latest/meta-data/iam/security-credentials/";

	private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

	private final UnaryOperator<@Nullable String> environment;

	private final ServiceClient service;

	AwsCredentialsProvider(UnaryOperator<@Nullable String> environment, Duration pause) {
		this.environment = environment;
		this.service = new ServiceClient("The source of AWS credentials", pause);
	}

	@Override
	public AwsCredentials get() {
		String id = this.environment.apply("AWS_ACCESS_KEY_ID");
		String secret = this.environment.apply("AWS_SECRET_ACCESS_KEY");
		if (id != null && secret != null) {
			return new AwsCredentials(id, secret, this.environment.apply("AWS_SESSION_TOKEN"));
		}
		String relative = this.environment.apply("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
		String full = this.environment.apply("AWS_CONTAINER_CREDENTIALS_FULL_URI");
		if (relative != null || full != null) {
			return ofContainer(URI.create((relative != null) ? "http://169.254.170.2" + relative : full));
		}
		return ofInstance();
	}

	private AwsCredentials ofContainer(URI address) {
		String tokenFile = this.environment.apply("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
		String token = (tokenFile != null) ? read(Path.of(tokenFile))
				: this.environment.apply("AWS_CONTAINER_AUTHORIZATION_TOKEN");
		return parse(this.service.send(() -> {
			HttpRequest.Builder request = HttpRequest.newBuilder(address);
			return (token != null) ? request.header("Authorization", token) : request;
		}));
	}

	private AwsCredentials ofInstance() {
		String set = this.environment.apply("AWS_EC2_METADATA_SERVICE_ENDPOINT");
		String service = (set != null) ? set.replaceFirst("/+$", "") : "http://169.254.169.254";
		String token = text(HttpRequest.newBuilder(URI.create(service + "/latest/api/token"))
			.header("X-aws-ec2-metadata-token-ttl-seconds", "60")
			.PUT(HttpRequest.BodyPublishers.noBody()));
		String role = text(authorized(service + ROLES, token));
		return parse(this.service.send(() -> authorized(service + ROLES + role.lines().findFirst().orElse(""), token)));
	}

	private static HttpRequest.Builder authorized(String address, String token) {
		return HttpRequest.newBuilder(URI.create(address)).header("X-aws-ec2-metadata-token", token);
	}

	private String text(HttpRequest.Builder request) {
		try {
			HttpResponse<String> response = this.http.send(request.timeout(Duration.ofSeconds(2)).build(),
					HttpResponse.BodyHandlers.ofString());
			if (response.statusCode() == 200) {
				return response.body().strip();
			}
			throw notFound(null);
		}
		catch (IOException ex) {
			throw notFound(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw notFound(ex);
		}
	}

	private static MasterKeyException notFound(@Nullable Exception cause) {
		return new MasterKeyException("No credentials for AWS KMS: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, "
				+ "or give the container or instance a role", cause);
	}

	private static AwsCredentials parse(JsonNode body) {
		return new AwsCredentials(body.path("AccessKeyId").asText(), body.path("SecretAccessKey").asText(),
				body.path("Token").textValue());
	}

	private static String read(Path file) {
		try {
			return Files.readString(file).strip();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read the token file " + file, ex);
		}
	}

}
