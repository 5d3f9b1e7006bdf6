package io.waypost.startup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * Listens on the web port from the first moment of the start. Each connection gets one
 * response and is closed. {@link #handOver} ends that and gives the listening socket
 * away, still open: connections that arrive meanwhile wait in its queue for Tomcat.
 */
final class StartupServer implements AutoCloseable {

	private static final int BACKLOG = 100;

	private static final int CONNECTIONS = 64;

	private static final long PAUSE_NANOS = 20_000_000;

	private static final int PATIENCE_MILLIS = 2000;

	private static final int LONGEST_BODY = 1024 * 1024;

	private final ServerSocketChannel channel;

	private final Selector selector;

	private final StartupResponse response;

	private final Semaphore free = new Semaphore(CONNECTIONS);

	private final Thread thread;

	private volatile boolean handedOver;

	private StartupServer(ServerSocketChannel channel, StartupResponse response) throws IOException {
		this.channel = channel;
		this.response = response;
		this.selector = Selector.open();
		channel.configureBlocking(false);
		channel.register(this.selector, SelectionKey.OP_ACCEPT);
		this.thread = Thread.ofPlatform().name("startup-server").daemon().start(this::accept);
	}

	/**
	 * Starts to listen.
	 * @param address of the web server
	 * @param response to every request
	 * @return the listening server
	 * @throws IOException when the port is taken or the address is not of this machine
	 */
	static StartupServer open(InetSocketAddress address, StartupResponse response) throws IOException {
		ServerSocketChannel channel = ServerSocketChannel.open();
		try {
			channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
			channel.bind(address, BACKLOG);
			return new StartupServer(channel, response);
		}
		catch (IOException ex) {
			channel.close();
			throw ex;
		}
	}

	/**
	 * Stops answering and hands over the listening socket, in blocking mode. Responses in
	 * progress are finished.
	 * @return empty when it was handed over before
	 */
	synchronized Optional<ServerSocketChannel> handOver() throws IOException {
		if (this.handedOver) {
			return Optional.empty();
		}
		this.handedOver = true;
		this.selector.wakeup();
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted while the web port was handed over", ex);
		}
		this.selector.close();
		this.channel.configureBlocking(true);
		return Optional.of(this.channel);
	}

	/** Closes the socket unless it was handed over. */
	@Override
	public void close() {
		try {
			Optional<ServerSocketChannel> mine = handOver();
			if (mine.isPresent()) {
				mine.get().close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void accept() {
		while (!this.handedOver) {
			try {
				this.selector.select();
				this.selector.selectedKeys().clear();
				if (!this.handedOver && this.free.tryAcquire()) {
					acceptOne();
				}
				else {
					pause();
				}
			}
			catch (IOException tooManyFiles) {
				pause();
			}
		}
	}

	/** More connections than that wait in the socket's queue. */
	private static void pause() {
		LockSupport.parkNanos(PAUSE_NANOS);
	}

	private void acceptOne() throws IOException {
		SocketChannel connection = this.channel.accept();
		if (connection == null) {
			this.free.release();
			return;
		}
		Thread.ofVirtual().name("startup-response").start(() -> {
			try {
				respond(connection);
			}
			finally {
				this.free.release();
			}
		});
	}

	private void respond(SocketChannel connection) {
		try (Socket socket = connection.socket()) {
			socket.setSoTimeout(PATIENCE_MILLIS);
			Optional<StartupRequest> request = StartupRequest.read(socket.getInputStream());
			if (request.isPresent()) {
				socket.getOutputStream().write(this.response.to(request.get()));
				socket.shutdownOutput();
				discard(socket.getInputStream());
			}
		}
		catch (IOException clientLeft) {
			// It asks again
		}
	}

	/**
	 * Reads the rest of the request. To close a socket with unread data would reset the
	 * connection before the client has read its response.
	 */
	private static void discard(InputStream input) throws IOException {
		byte[] some = new byte[8192];
		int total = 0;
		for (int count = 0; count >= 0 && total < LONGEST_BODY; count = input.read(some)) {
			total += count;
		}
	}

}
