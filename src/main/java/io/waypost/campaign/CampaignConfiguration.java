package io.waypost.campaign;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** Wiring of the campaign room. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CampaignSettings.class)
class CampaignConfiguration {

}
