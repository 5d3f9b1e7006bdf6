package io.waypost.access.edge;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may say where a request came from, and under which names Waypost answers.
 *
 * @param trustedProxies addresses of your reverse proxies as CIDR, such as 10.0.0.0/8;
 * only their X-Forwarded-For, X-Forwarded-Proto, X-Forwarded-Host and X-Forwarded-Port
 * are read
 * @param allowedHosts further host names besides that of waypost.public-url; checked when
 * that begins with https
 */
@ConfigurationProperties("waypost.access")
record EdgeSettings(@DefaultValue List<String> trustedProxies, @DefaultValue List<String> allowedHosts) {

}
