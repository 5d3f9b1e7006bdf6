package io.waypost.journey.engine;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import io.waypost.journey.engine.deploy.BundledModels;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Only under {@code mvn spring-boot:run}, which sets the property. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DevelopmentSettings.class)
class DevelopmentConfiguration {

	private static final Duration PAUSE = Duration.ofMillis(500);

	@Bean
	@ConditionalOnProperty("waypost.development.models")
	ModelReload modelReload(DevelopmentSettings settings, RepositoryService repository) {
		ModelFolder folder = new ModelFolder(Objects.requireNonNull(settings.models()));
		return new ModelReload(folder, PAUSE, (models) -> deploy(repository, models));
	}

	private static void deploy(RepositoryService repository, Map<String, byte[]> models) {
		DeploymentBuilder deployment = repository.createDeployment()
			.name(BundledModels.DEPLOYMENT_NAME)
			.enableDuplicateFiltering(false);
		models.forEach((name, content) -> deployment.addInputStream(name, new ByteArrayInputStream(content)));
		deployment.deploy();
	}

}
