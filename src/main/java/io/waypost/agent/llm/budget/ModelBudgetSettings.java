package io.waypost.agent.llm.budget;

import java.math.BigDecimal;
import java.time.Duration;

import io.waypost.kernel.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of what language models may cost. A day is a day in UTC.
 *
 * @param dailyAlert US dollars a tenant may use in a day without an alert
 * @param dailyLimit US dollars a tenant may use in a day. Then no model is called until
 * midnight UTC
 * @param perThousandRecipients US dollars a campaign may use for each 1,000 recipients
 * @param reducedFrom percentage of a budget from which cheaper models are used
 * @param installationDailyLimit US dollars all tenants together may use in a day; no
 * limit when not set
 * @param keepCalls how long calls with prompt and answer are stored
 */
@ConfigurationProperties("waypost.llm.budget")
record ModelBudgetSettings(@DefaultValue("1000") BigDecimal dailyAlert, @DefaultValue("2000") BigDecimal dailyLimit,
		@DefaultValue("0.5") BigDecimal perThousandRecipients, @DefaultValue("80") int reducedFrom,
		@Nullable BigDecimal installationDailyLimit, @DefaultValue("400d") Duration keepCalls) {

	private static final String PREFIX = "waypost.llm.budget.";

	/** Largest amount that the database stores, and more than any bill. */
	private static final BigDecimal LARGEST = new BigDecimal(1_000_000);

	ModelBudgetSettings {
		require("daily-alert", dailyAlert);
		require("daily-limit", dailyLimit);
		require("per-thousand-recipients", perThousandRecipients);
		if (installationDailyLimit != null) {
			require("installation-daily-limit", installationDailyLimit);
		}
		if (reducedFrom < 1 || reducedFrom > 100) {
			throw new InvalidSettingException(PREFIX + "reduced-from is " + reducedFrom + '.',
					"Set it to a percentage from 1 to 100.");
		}
		if (keepCalls.compareTo(Duration.ofDays(2)) < 0) {
			throw new InvalidSettingException(PREFIX + "keep-calls is " + keepCalls + '.',
					"Set it to at least 2d, because the sums of a day are computed from its calls.");
		}
	}

	private static void require(String name, BigDecimal amount) {
		if (amount.signum() < 0 || amount.compareTo(LARGEST) > 0) {
			throw new InvalidSettingException(PREFIX + name + " is " + amount.toPlainString() + '.',
					"Set it to an amount in US dollars from 0 to 1000000.");
		}
	}

	/** Returns what a campaign may use. */
	BigDecimal campaignLimit(int recipients) {
		return this.perThousandRecipients.multiply(BigDecimal.valueOf(Math.max(0, recipients))).movePointLeft(3);
	}

	/** Returns how much of a limit is used. */
	ModelBudget.SpendLevel level(BigDecimal used, BigDecimal limit) {
		if (used.compareTo(limit) >= 0) {
			return ModelBudget.SpendLevel.EXHAUSTED;
		}
		BigDecimal reduced = limit.multiply(BigDecimal.valueOf(this.reducedFrom)).movePointLeft(2);
		return (used.compareTo(reduced) >= 0) ? ModelBudget.SpendLevel.REDUCED : ModelBudget.SpendLevel.NORMAL;
	}

}
