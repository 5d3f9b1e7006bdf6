package io.waypost.content.liquid;

import io.waypost.access.PreviewLimit;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Settings of Liquid texts and the limit of concurrent previews. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LiquidSettings.class)
class LiquidConfiguration {

	@Bean
	PreviewLimit previewLimit(LiquidSettings settings) {
		return new PreviewLimit(settings.maxConcurrentPreviews());
	}

}
