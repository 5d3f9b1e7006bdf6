package io.waypost.startup;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatProtocolHandlerCustomizer;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets Tomcat take over the port where one was opened in advance. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StartupSettings.class)
class StartupConfiguration {

	@Bean
	static WebServerFactoryCustomizer<TomcatServletWebServerFactory> openPort(ObjectProvider<StartupServer> server) {
		return (tomcat) -> server.ifAvailable((open) -> {
			tomcat.setProtocol(HandedOverSocketProtocol.class.getName());
			TomcatProtocolHandlerCustomizer<HandedOverSocketProtocol> takeOver = (protocol) -> protocol.takeOver(open);
			tomcat.addProtocolHandlerCustomizers(takeOver);
		});
	}

}
