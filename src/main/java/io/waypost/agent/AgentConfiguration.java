package io.waypost.agent;

import io.waypost.agent.guard.Inspector;
import io.waypost.agent.score.Scorer;
import io.waypost.agent.writer.Writer;
import io.waypost.content.Renderer;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AgentSettings.class)
class AgentConfiguration {

	@Bean
	Scorer scorer() {
		return new Scorer();
	}

	@Bean
	Writer writer(Scorer scorer) {
		return new Writer(scorer);
	}

	@Bean
	Inspector inspector(Renderer renderer) {
		return new Inspector(renderer::legalParts);
	}

}
