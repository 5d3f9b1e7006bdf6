package io.waypost.ingestion.csv;

import java.util.ArrayList;
import java.util.List;

/**
 * The result of an import: the numbers of accepted and rejected rows add up to that of
 * all rows.
 */
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
	 * Rejects the current row and ends the import, because the rest of the file cannot be
	 * parsed.
	 */
	void abort(long line, String reason) {
		this.rows++;
		this.rejections.add(new Rejection(line, "", "The file cannot be parsed from here on: " + reason));
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
	 * A rejected row.
	 *
	 * @param line line of the file, from 1; if parsing ended there, all lines from it on
	 * @param column column of the invalid value, empty for the whole row
	 * @param reason what is wrong; never the value itself
	 */
	record Rejection(long line, String column, String reason) {
	}

}
