package io.waypost.startup;

import java.io.IOException;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's HTTP connector on a socket that listens already. Public because Tomcat creates
 * it by class name.
 */
public final class HandedOverSocketProtocol extends Http11NioProtocol {

	private final Endpoint endpoint;

	public HandedOverSocketProtocol() {
		this(new Endpoint());
	}

	private HandedOverSocketProtocol(Endpoint endpoint) {
		super(endpoint);
		this.endpoint = endpoint;
	}

	void takeOver(StartupServer server) {
		this.endpoint.server = server;
	}

	/** Overrides every method in which Tomcat touches its own listening socket. */
	private static final class Endpoint extends NioEndpoint {

		private @Nullable StartupServer server;

		private volatile @Nullable ServerSocketChannel channel;

		@Override
		protected void initServerSocket() throws Exception {
			ServerSocketChannel open = (this.server != null) ? this.server.handOver().orElse(null) : null;
			if (open == null) {
				super.initServerSocket();
				return;
			}
			this.socketProperties.setProperties(open.socket());
			this.channel = open;
		}

		@Override
		protected NetworkChannel getServerSocket() {
			ServerSocketChannel open = this.channel;
			return (open != null) ? open : super.getServerSocket();
		}

		@Override
		protected SocketChannel serverSocketAccept() throws Exception {
			ServerSocketChannel open = this.channel;
			return (open != null) ? open.accept() : super.serverSocketAccept();
		}

		@Override
		protected void doCloseServerSocket() throws IOException {
			ServerSocketChannel open = this.channel;
			if (open == null) {
				super.doCloseServerSocket();
				return;
			}
			this.channel = null;
			open.close();
		}

	}

}
