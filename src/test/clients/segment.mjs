import { Analytics } from '@segment/analytics-node';

const [host, writeKey, userId] = process.argv.slice(2);
const analytics = new Analytics({ host, writeKey, maxRetries: 0 });
analytics.on('error', (error) => {
  console.error(error);
  process.exitCode = 1;
});
analytics.identify({ userId, traits: { plan: 'pro' } });
analytics.track({ userId, event: 'Order Completed', properties: { total: 27.5 } });
await analytics.closeAndFlush();
