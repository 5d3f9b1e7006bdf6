package io.waypost.ingestion.csv;

import java.util.ArrayList;
import java.util.List;

/** What became of every row of an import: accepted and rejected add up to rows. */
final class ProfileImportReport {

	private long rows;

	private long accepted;

	private final List<Rejection> rejections = new ArrayList<>();

	void count() {
		this.rows++;
	}

	void accept(int more) {
		this.accepted += more;
	}

	void reject(long line, String column, String reason) {
		this.rejections.add(new Rejection(line, column, reason));
	}

	/**
	 * The file cannot be read on: the row at hand is rejected, and nothing follows it.
	 */
	void abort(long line, String reason) {
		this.rows++;
		this.rejections.add(new Rejection(line, "", "The file cannot be read from here on: " + reason));
	}

	public long getRows() {
		return this.rows;
	}

	public long getAccepted() {
		return this.accepted;
	}

	public long getRejected() {
		return this.rejections.size();
	}

	public List<Rejection> getRejections() {
		return List.copyOf(this.rejections);
	}

	/**
	 * A row that was not taken in.
	 *
	 * @param line of the file, from 1; where the parser lost its way, everything from it
	 * on
	 * @param column which value, empty for the whole row
	 * @param reason what is wrong; never the value itself
	 */
	record Rejection(long line, String column, String reason) {
	}

}
