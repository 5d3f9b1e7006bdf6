package io.waypost.agent;

import io.waypost.agent.evaluate.DraftScorer;
import io.waypost.agent.guard.ContentInspector;
import io.waypost.agent.pii.PersonalDataDetector;
import io.waypost.agent.write.GeneratedCopyWriter;
import io.waypost.agent.write.RuleBasedWriter;
import io.waypost.content.EmailRenderer;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AgentSettings.class)
class AgentConfiguration {

	@Bean
	DraftScorer scorer() {
		return new DraftScorer();
	}

	@Bean
	RuleBasedWriter writer(DraftScorer scorer) {
		return new RuleBasedWriter(scorer);
	}

	@Bean
	GeneratedCopyWriter generatedCopyWriter(RuleBasedWriter writer, DraftScorer scorer) {
		return new GeneratedCopyWriter(writer, scorer);
	}

	@Bean
	PersonalDataDetector personalDataDetector() {
		return new PersonalDataDetector();
	}

	@Bean
	ContentInspector inspector(EmailRenderer renderer) {
		return new ContentInspector(renderer::legalElements);
	}

}
