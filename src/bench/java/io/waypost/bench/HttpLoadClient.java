package io.waypost.bench;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Minimal HTTP/1.1 client with one keep-alive connection, so that the load generator
 * needs as little processor time as possible on the machine it shares with the
 * application.
 */
final class HttpLoadClient implements Closeable {

	private final int port;

	private final String head;

	private Socket socket;

	private OutputStream out;

	private InputStream in;

	HttpLoadClient(int port, String path, String headers) throws IOException {
		this.port = port;
		this.head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + "Content-Length: ";
		connect();
	}

	/** Posts a body and returns the status. */
	int post(byte[] body) throws IOException {
		this.out.write((this.head + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
		this.out.write(body);
		this.out.flush();
		int status = Integer.parseInt(line().split(" ", 3)[1]);
		int length = -1;
		boolean last = false;
		for (String line = line(); !line.isEmpty(); line = line()) {
			if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
				length = Integer.parseInt(line.substring(15).strip());
			}
			last |= line.equalsIgnoreCase("connection: close");
		}
		skip(length);
		if (last) {
			// Tomcat closes a connection after 100 requests
			this.socket.close();
			connect();
		}
		return status;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	private void connect() throws IOException {
		this.socket = new Socket("127.0.0.1", this.port);
		this.socket.setTcpNoDelay(true);
		this.out = this.socket.getOutputStream();
		this.in = new BufferedInputStream(this.socket.getInputStream());
	}

	private void skip(int length) throws IOException {
		if (length >= 0) {
			this.in.skipNBytes(length);
			return;
		}
		for (int chunk = Integer.parseInt(line(), 16); chunk > 0; chunk = Integer.parseInt(line(), 16)) {
			this.in.skipNBytes(chunk);
			line();
		}
		line();
	}

	private String line() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = this.in.read(); next != '\n'; next = this.in.read()) {
			if (next < 0) {
				throw new IOException("The server closed the connection");
			}
			if (next != '\r') {
				line.append((char) next);
			}
		}
		return line.toString();
	}

}
