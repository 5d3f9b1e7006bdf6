package io.waypost.feature;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Binds the settings and enables the lifecycle sweep. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FeatureSettings.class)
@EnableScheduling
class FeatureConfiguration {

}
