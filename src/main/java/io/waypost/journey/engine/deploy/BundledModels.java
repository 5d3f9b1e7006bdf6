package io.waypost.journey.engine.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.camunda.bpm.spring.boot.starter.configuration.CamundaDeploymentConfiguration;
import org.camunda.bpm.spring.boot.starter.configuration.impl.AbstractCamundaConfiguration;

import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.ContextResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternResolver;

/**
 * Deploys the bundled models as one deployment. Resources are sorted and named by folder
 * and file ({@code processes/welcome.bpmn}), whether they are in classes or in the jar:
 * other names would create a new version of every model. A changed byte gives all models
 * a new version together, so that models that were tested together are active together
 * and each task finds its form in its own deployment.
 */
public class BundledModels extends AbstractCamundaConfiguration implements CamundaDeploymentConfiguration {

	public static final String DEPLOYMENT_NAME = "waypost";

	private static final List<String> FOLDERS = List.of("processes", "dmn", "forms");

	@Override
	public void preInit(SpringProcessEngineConfiguration configuration) {
		configuration.setDeploymentName(DEPLOYMENT_NAME);
		configuration.setDeployChangedOnly(false);
		if (this.camundaBpmProperties.isAutoDeploymentEnabled()) {
			configuration.setDeploymentResources(getDeploymentResources().toArray(Resource[]::new));
		}
	}

	@Override
	public Set<Resource> getDeploymentResources() {
		ResourcePatternResolver resolver = new PathMatchingResourcePatternResolver();
		return Stream.of(this.camundaBpmProperties.getDeploymentResourcePattern())
			.flatMap((pattern) -> resources(resolver, pattern))
			.map(NamedResource::of)
			.sorted(Comparator.comparing(NamedResource::getPathWithinContext))
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	private static Stream<Resource> resources(ResourcePatternResolver resolver, String pattern) {
		try {
			return Stream.of(resolver.getResources(pattern)).filter(Resource::isReadable);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Models could not be listed: " + pattern, ex);
		}
	}

	/** A resource with the name that the engine stores. */
	private static final class NamedResource extends AbstractResource implements ContextResource {

		private final Resource resource;

		private final String name;

		private NamedResource(Resource resource, String name) {
			this.resource = resource;
			this.name = name;
		}

		static NamedResource of(Resource resource) {
			try {
				return new NamedResource(resource, nameIn(resource.getURL().toString()));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		/** The part of the URL from the last of the folders on. */
		private static String nameIn(String url) {
			return FOLDERS.stream()
				.map((folder) -> url.lastIndexOf("/" + folder + "/"))
				.max(Comparator.naturalOrder())
				.filter((index) -> index >= 0)
				.map((index) -> url.substring(index + 1))
				.orElseThrow(() -> new IllegalStateException("Not in one of the folders " + FOLDERS + ": " + url));
		}

		@Override
		public String getPathWithinContext() {
			return this.name;
		}

		@Override
		public String getDescription() {
			return this.name;
		}

		@Override
		public InputStream getInputStream() throws IOException {
			return this.resource.getInputStream();
		}

	}

}
